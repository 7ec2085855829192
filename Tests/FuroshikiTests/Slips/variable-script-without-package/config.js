const axios = require('axios');
module.exports = { a: axios };
