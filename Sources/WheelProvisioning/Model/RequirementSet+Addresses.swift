import HostSystem
import PythonPackaging
import RequirementFormats

extension RequirementSet {
    /// All addresses in the requirements, which may contain credentials.
    var addresses: [String] {
        func withoutKind(_ address: String) -> String {
            address.hasPrefix("git+") ? String(address.dropFirst(4)) : address
        }
        switch content {
        case .requirements(let list):
            return (list.requirements + list.constraints)
                .compactMap { entry in
                    switch entry.subject {
                    case .named(let requirement): requirement.address.map(withoutKind)
                    case .address(let address, _, _): withoutKind(address)
                    case .local: nil
                    }
                }
        case .lock(let lock):
            return lock.packages.flatMap { package -> [String] in
                switch package.source {
                case .index(let index): index.map { [$0.revealed] } ?? []
                case .archive(let address, _): [address]
                case .repository(let address, _, _): [withoutKind(address)]
                case .local: []
                }
            }
        }
    }
}
