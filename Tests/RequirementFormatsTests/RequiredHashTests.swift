import Diagnostics
import PythonPackaging
import RequirementFormats
import Testing

/// Which requirements must have hashes.
struct RequiredHashTests {
    private static let hash = "--hash=sha256:" + String(repeating: "a", count: 64)

    private func result(_ text: String) throws -> Result<[PackageName: Set<FileHash>], DiagnosticError> {
        let set = try SourceFixture.with(["requirements.txt": text]) { try $0.read() }
        let target = Target(try #require(PythonRuntime(name: "python3.12")), .x86_64)
        do throws(DiagnosticError) {
            return .success(try set.requiredHashes(for: target))
        } catch {
            return .failure(error)
        }
    }

    @Test(arguments: [
        ("a==1 \(hash)\nb==2\n", [2]), ("a==1 \(hash)\nb==2\nc\n", [2, 3]), ("--require-hashes\na==1\n", [2]),
        ("a>=1 \(hash)\n", [1]), ("a==1.* \(hash)\n", [1]),
        ("a==1 \(hash)\nb==2; python_version < '3'\n", []), ("a==1\nb\n", []), ("a===1 \(hash)\n", []),
        ("a @ https://x/a-1-py3-none-any.whl \(hash)\n", []),
    ])
    func `a requirement without a hash or an exact version is an error if hashes are required`(
        text: String,
        lines: [Int]
    ) throws {
        switch try result(text) {
        case .success: #expect(lines.isEmpty)
        case .failure(let error): #expect(error.diagnostics.compactMap(\.place?.line) == lines)
        }
    }

    @Test func `the hashes of a distribution are collected from all its requirements`() throws {
        let other = "--hash=sha256:" + String(repeating: "b", count: 64)
        let hashes = try result("a==1 \(Self.hash)\na==1 \(other)\n").get()
        #expect(hashes.count == 1)
        #expect(hashes.values.first?.count == 2)
    }
}
