module.exports = require('./lib/settings');
