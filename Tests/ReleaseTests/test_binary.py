"""Tests of the check of what a program needs from the system, with small programs."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from release import binary  # noqa: E402


@unittest.skipUnless(sys.platform == "linux" and shutil.which("g++"), "needs Linux and a C++ compiler")
class BinaryTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def program(self, source, *arguments, compiler="cc", language="c"):
        path = self.folder / "program"
        subprocess.run([compiler, "-O1", "-s", "-x", language, "-", "-x", "none", "-o", path, *arguments], input=source,
                       text=True, check=True)
        return path

    def test_a_program_that_needs_glibc_only_is_right(self):
        self.assertEqual(list(binary.problems(self.program("int main(void) { return 0; }"))), [])

    def test_a_library_besides_glibc_is_found(self):
        path = self.program("#include <stdexcept>\nint main() { throw std::runtime_error(\"x\"); }", compiler="g++",
                            language="c++")
        found = "\n".join(binary.problems(path))
        self.assertIn("loads libstdc++.so.6", found)
        self.assertIn("symbols of version CXXABI", found)

    def test_a_symbol_of_a_newer_glibc_is_found(self):
        path = self.program("#include <stdlib.h>\n#include <stdio.h>\nint main(void) { puts(\"x\"); exit(0); }")
        found = "\n".join(binary.problems(path, glibc=(2, 33)))
        self.assertIn("needs symbols of glibc 2.34; the newest allowed version is 2.33", found)

    def test_a_program_that_is_too_large_or_has_debug_information_is_found(self):
        path = self.program("int main(void) { return 0; }", "-g", "-Wl,--strip-debug")
        self.assertIn("the limit is 100", "\n".join(binary.problems(path, size_limit=100)))
        subprocess.run(["cc", "-g", "-x", "c", "-", "-o", path], input="int main(void) { return 0; }", text=True, check=True)
        self.assertIn("contains debug information", "\n".join(binary.problems(path)))

    def test_a_directory_to_look_for_libraries_is_found(self):
        path = self.program("int main(void) { return 0; }", "-Wl,-rpath,/opt/lib")
        self.assertIn("looks for libraries in /opt/lib", "\n".join(binary.problems(path)))

    def test_exceptions_and_hypot_work_without_the_functions_of_glibc_2_35(self):
        compiled = self.folder / "older-glibc.o"
        subprocess.run(["gcc", "-O2", "-fPIC", "-Wall", "-Werror", "-c", "-o", compiled,
                        ROOT / "packaging/linux/older-glibc.c"], check=True)
        path = self.program(
            """
            #include <cmath>
            #include <cstdio>
            #include <stdexcept>
            #include <string>
            __attribute__((noinline)) static void fail(int depth) {
                std::string kept(100, 'x');  // must be freed while the stack is unwound
                if (depth == 0) throw std::runtime_error("deep");
                fail(depth - 1);
                if (kept.empty()) std::puts("");
            }
            int main(int count, char **) {
                volatile float three = 3.0f * count;
                for (int index = 0; index < 1000; index++) {
                    try { fail(20); return 1; } catch (const std::runtime_error &error) {
                        if (error.what() != std::string("deep")) return 2;
                    }
                }
                return hypotf(three, 4.0f) == 5.0f && hypot((double)three, 4.0) == 5.0 ? 0 : 3;
            }
            """, str(compiled), "-static-libgcc", "-static-libstdc++", compiler="g++", language="c++")
        self.assertEqual(list(binary.problems(path)), [])
        self.assertEqual(subprocess.run([path]).returncode, 0)


if __name__ == "__main__":
    unittest.main()
