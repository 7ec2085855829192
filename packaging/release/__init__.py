"""The release of Furoshiki: the program for one platform, and its packages. `scripts/release` runs it."""
