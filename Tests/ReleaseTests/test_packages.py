"""Tests of the packages that scripts/release makes, with a small file in place of the program."""
import base64
import csv
import hashlib
import io
import json
import pathlib
import re
import sys
import tarfile
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from release import archives, facts, npm, sbom, source, wheel  # noqa: E402

LIBRARIES = (facts.Library("libcurl", "7.88.1-10+deb12u15", "curl", "curl"),
             facts.Library("libgcc", "12.2.0-14", "GPL-3.0-or-later WITH GCC-exception-3.1", "gcc-12"))
KNOWN = facts.Facts("1.2.3", "0" * 40, 1_790_000_000, "Linux", "x86_64", LIBRARIES)
PROGRAM = b"\x7fELF program"
CONTENT = {
    "bin/furoshiki": PROGRAM,
    "share/man/man1/furoshiki.1": b".TH FUROSHIKI 1\n",
    "share/bash-completion/completions/furoshiki": b"complete\n",
    "share/doc/furoshiki/LICENSE": b"License\n",
    "share/doc/furoshiki/THIRD-PARTY-LICENSES": b"Licenses\n",
    "share/doc/furoshiki/CHANGELOG.md": b"# Changelog\n",
}


class WheelTests(unittest.TestCase):
    def setUp(self):
        self.name, self.data = wheel.make(KNOWN, CONTENT, b"{}")
        self.archive = zipfile.ZipFile(io.BytesIO(self.data))

    def test_the_name_and_the_tag_are_those_of_glibc_2_34(self):
        self.assertEqual(self.name, "furoshiki-1.2.3-py3-none-manylinux_2_34_x86_64.whl")
        self.assertIn(b"Tag: py3-none-manylinux_2_34_x86_64\n", self.archive.read("furoshiki-1.2.3.dist-info/WHEEL"))
        self.assertIn(b"Root-Is-Purelib: false\n", self.archive.read("furoshiki-1.2.3.dist-info/WHEEL"))

    def test_record_lists_every_file_with_its_digest_and_size(self):
        record = self.archive.read("furoshiki-1.2.3.dist-info/RECORD").decode()
        rows = {path: (digest, size) for path, digest, size in csv.reader(record.splitlines())}
        self.assertEqual(set(rows), set(self.archive.namelist()))
        for path in rows.keys() - {"furoshiki-1.2.3.dist-info/RECORD"}:
            data = self.archive.read(path)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
            self.assertEqual(rows[path], (f"sha256={digest}", str(len(data))))
        self.assertEqual(rows["furoshiki-1.2.3.dist-info/RECORD"], ("", ""))

    def test_the_script_is_the_program_and_executable(self):
        entry = self.archive.getinfo("furoshiki-1.2.3.data/scripts/furoshiki")
        self.assertEqual(self.archive.read(entry), PROGRAM)
        self.assertEqual([each.filename for each in self.archive.infolist() if each.external_attr >> 16 & 0o100],
                         [entry.filename])

    def test_licenses_manual_pages_and_the_sbom_are_at_their_places(self):
        names = set(self.archive.namelist())
        self.assertLessEqual({
            "furoshiki-1.2.3.dist-info/licenses/LICENSE", "furoshiki-1.2.3.dist-info/licenses/THIRD-PARTY-LICENSES",
            "furoshiki-1.2.3.dist-info/sboms/furoshiki.cdx.json",
            "furoshiki-1.2.3.data/data/share/man/man1/furoshiki.1",
        }, names)
        metadata = self.archive.read("furoshiki-1.2.3.dist-info/METADATA").decode()
        self.assertEqual(re.findall("^License-File: (.*)$", metadata, re.MULTILINE), ["LICENSE", "THIRD-PARTY-LICENSES"])
        self.assertIn("\nVersion: 1.2.3\n", metadata)

    def test_the_same_content_gives_the_same_bytes_in_any_order(self):
        self.assertEqual(wheel.make(KNOWN, dict(reversed(CONTENT.items())), b"{}")[1], self.data)


class ArchiveTests(unittest.TestCase):
    def test_entries_are_sorted_and_have_no_owner_of_this_machine(self):
        data = archives.tar_gz({"b/c": b"1", "a": b"2"}, {"a"}, 1_790_000_000, root="top/")
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            entries = [(each.name, each.mode, each.uid, each.uname, each.mtime) for each in archive]
        self.assertEqual(entries, [("top/a", 0o755, 0, "", 1_790_000_000), ("top/b", 0o755, 0, "", 1_790_000_000),
                                   ("top/b/c", 0o644, 0, "", 1_790_000_000)])
        self.assertEqual(archives.tar_gz({"a": b"2", "b/c": b"1"}, {"a"}, 1_790_000_000, root="top/"), data)


class NpmTests(unittest.TestCase):
    def manifest(self, data, path="package/package.json"):
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            self.assertTrue(all(name.startswith("package/") for name in archive.getnames()))
            return json.load(archive.extractfile(path)), archive.getnames()

    def test_the_main_package_depends_on_one_package_for_each_platform(self):
        files = npm.make(KNOWN, CONTENT)
        main, names = self.manifest(files["npm/furoshiki-1.2.3.tgz"])
        self.assertEqual(main["optionalDependencies"], {"@furoshiki/linux-x64": "1.2.3", "@furoshiki/linux-arm64": "1.2.3",
                                                        "@furoshiki/darwin-arm64": "1.2.3"})
        self.assertEqual(main["bin"], {"furoshiki": "bin/furoshiki"})
        self.assertIn("package/platform.js", names)
        program, names = self.manifest(files["npm/furoshiki-linux-x64-1.2.3.tgz"])
        self.assertEqual((program["name"], program["os"], program["cpu"]), ("@furoshiki/linux-x64", ["linux"], ["x64"]))
        self.assertIn("package/bin/furoshiki", names)

    def test_the_package_for_files_contains_its_dependency(self):
        data = npm.make(KNOWN, CONTENT)["furoshiki-1.2.3-npm-linux-x64.tgz"]
        manifest, names = self.manifest(data)
        self.assertEqual(manifest["bundleDependencies"], ["@furoshiki/linux-x64"])
        self.assertIn("package/node_modules/@furoshiki/linux-x64/bin/furoshiki", names)

    def test_only_the_package_for_it_has_the_names_of_serverless(self):
        files = npm.make(KNOWN, CONTENT)
        names = {path: set(self.manifest(data)[0].get("bin", {})) for path, data in files.items()}
        self.assertEqual({path for path, found in names.items() if found & {"sls", "serverless"}},
                         {"npm/furoshiki-sls-1.2.3.tgz"})


class BillTests(unittest.TestCase):
    def test_every_library_is_a_component_with_version_and_license(self):
        bill = json.loads(sbom.make(KNOWN, PROGRAM))
        self.assertEqual((bill["bomFormat"], bill["specVersion"]), ("CycloneDX", "1.5"))
        self.assertEqual([(each["name"], each["version"]) for each in bill["components"]],
                         [(each.name, each.version) for each in LIBRARIES])
        self.assertTrue(all(each["licenses"] for each in bill["components"]))
        self.assertEqual(bill["components"][0]["purl"], "pkg:deb/debian/curl@7.88.1-10%2Bdeb12u15?arch=source")
        self.assertEqual(bill["metadata"]["component"]["hashes"][0]["content"], hashlib.sha256(PROGRAM).hexdigest())

    def test_the_same_program_has_the_same_bill(self):
        self.assertEqual(sbom.make(KNOWN, PROGRAM), sbom.make(KNOWN, PROGRAM))
        self.assertNotEqual(json.loads(sbom.make(KNOWN, b"other"))["serialNumber"],
                            json.loads(sbom.make(KNOWN, PROGRAM))["serialNumber"])


class SourceTests(unittest.TestCase):
    def test_the_formula_has_the_address_and_the_digest_of_the_archive(self):
        text = source.formula(KNOWN, "https://packages.example.com/furoshiki.tar.gz", b"archive").decode()
        self.assertIn('url "https://packages.example.com/furoshiki.tar.gz"', text)
        self.assertIn(f'sha256 "{hashlib.sha256(b"archive").hexdigest()}"', text)
        self.assertNotRegex(text, r"@[A-Z0-9]+@")

    @unittest.skipUnless(source.is_checkout(), "needs a checkout of git")
    def test_the_source_archive_has_every_directory_of_the_manifest(self):
        name, data = source.archive(KNOWN)
        self.assertEqual(name, "furoshiki-1.2.3-source.tar.gz")
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            names = archive.getnames()
        manifest = (ROOT / "Package.swift").read_text(encoding="utf-8")
        targets = re.findall(r'\.(?:target|executableTarget|systemLibrary|testTarget)\(\s*name: "(\w+)"', manifest)
        self.assertGreater(len(targets), 30)
        for target in targets:
            self.assertTrue({f"furoshiki-1.2.3/Sources/{target}", f"furoshiki-1.2.3/Tests/{target}"} & set(names), target)


class VersionTests(unittest.TestCase):
    def test_the_changelog_has_the_form_of_releases(self):
        text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
        self.assertEqual(headings[0], "Unreleased")
        for heading in headings[1:]:
            self.assertRegex(heading, r"^\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d$")
        kinds = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
        self.assertLessEqual(kinds, {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"})
        self.assertTrue(kinds)

    def test_the_version_is_a_semantic_version(self):
        self.assertRegex(facts.version(), r"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$")


if __name__ == "__main__":
    unittest.main()
