exports.one = exports.two = async () => {};
