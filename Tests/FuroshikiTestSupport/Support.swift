// Doubles and builders for tests.
