exports.route = async (event) => event.Records[0].cf.request;
exports.sign = exports.route;
