import Diagnostics
import HostSystem
import RequirementFormats
import Testing

/// Reads files with a few wrong bytes, which may be read or rejected, but must not crash.
@Suite struct MutationTests {
    @Test(arguments: [
        "uv-workspace/uv.lock", "uv-workspace/pyproject.toml", "poetry-project/poetry.lock",
        "poetry-project/pyproject.toml", "poetry-lock-1.1/poetry.lock", "pylock/pylock.toml",
        "pipenv-project/Pipfile.lock", "pipenv-project/Pipfile", "poetry-project/exported.txt",
    ])
    func `a few changed bytes lead to diagnostics at most`(name: String) throws {
        let system = LiveFileSystem()
        let file = LockExportTests.fixtures / name
        let bytes = try system.read(file)
        var state: UInt64 = 88_172_645_463_325_252
        func next(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
        let alphabet = Array("[]{}=\"'\\,.;:#<>!~^*|()$ \n\r\0-_@/0129aZ\u{FF}".utf8)
        for _ in 0..<60 {
            var changed = bytes
            for _ in 0...next(3) {
                let position = next(changed.count)
                switch next(3) {
                case 0: changed[position] = alphabet[next(alphabet.count)]
                case 1: changed.removeSubrange(position..<min(changed.count, position + 1 + next(40)))
                default: changed.insert(alphabet[next(alphabet.count)], at: position)
                }
            }
            let target = try Target.named("python3.12")
            let fileName = name.hasSuffix(".txt") ? "requirements.txt" : file.lastComponent
            try SourceFixture.with([:]) { fixture in
                try system.createDirectory(fixture.folder)
                for sibling in try system.entries(of: file.parent) where sibling.kind == .file {
                    try system.copyFile(file.parent / sibling.name, to: fixture.folder / sibling.name)
                }
                try system.write(changed, to: fixture.folder / fileName, options: FileWriteOptions())
                do throws(DiagnosticError) {
                    guard let origin = try fixture.reader.locate() else { return }
                    let set = try fixture.reader.read(origin)
                    _ = try set.exactDistributions(for: target)
                } catch {
                    #expect(!error.diagnostics.isEmpty)
                }
            }
        }
    }
}
