/// Builds 64-bit ELF libraries byte by byte: a dynamic segment, required versions, symbols and debugging information.
package struct ELFBuilder {
    /// The value of `e_machine`: 62 for x86_64, 183 for arm64.
    package var machine: UInt16
    /// The versions that the library requires of `libc.so.6`.
    package var versions: [String]
    /// Whether there are sections that are not loaded: `.symtab`, `.strtab`, `.debug_info`, `.comment`.
    package var hasSymbols: Bool
    /// The number of additional string tables, which all have the same bytes after the loaded data.
    package var repeatedSections: Int
    /// The names of the libraries that it needs (`DT_NEEDED`).
    package var needed: [String] = []
    /// The directories of libraries (`DT_RUNPATH`), separated by colons; `nil` for none.
    package var runPath: String?
    /// The name of the library itself (`DT_SONAME`); `nil` for none.
    package var soname: String?

    /// Creates a description of a library.
    ///
    /// - Parameters:
    ///   - machine: the value of `e_machine`.
    ///   - versions: the versions that it requires of `libc.so.6`.
    ///   - hasSymbols: whether there are sections that are not loaded.
    ///   - repeatedSections: the number of additional string tables.
    package init(
        machine: UInt16 = 62,
        versions: [String] = ["GLIBC_2.2.5"],
        hasSymbols: Bool = false,
        repeatedSections: Int = 0
    ) {
        self.machine = machine
        self.versions = versions
        self.hasSymbols = hasSymbols
        self.repeatedSections = repeatedSections
    }

    /// Returns the bytes of the library.
    package func build() -> [UInt8] {
        // One loaded segment holds everything from the start on, so that addresses are offsets.
        var names: [UInt8] = [0]
        let library = names.count
        names += Array("libc.so.6\0".utf8)
        let versionNames = versions.map { version in
            defer { names += Array((version + "\0").utf8) }
            return names.count
        }
        var strings: [(tag: UInt64, offset: UInt64)] = []
        let named =
            needed.map { (UInt64(1), $0) }
            + [(29, runPath), (14, soname)]
            .compactMap { tag, name in
                name.map { (UInt64(tag), $0) }
            }
        for (tag, name) in named {
            strings.append((tag, UInt64(names.count)))
            names += Array((name + "\0").utf8)
        }
        let headersEnd = 64 + 2 * 56
        let namesStart = headersEnd
        let needStart = namesStart + names.count
        var need = little(1, 2) + little(UInt64(versions.count), 2) + little(UInt64(library), 4)
        need += little(16, 4) + little(0, 4)
        for (index, name) in versionNames.enumerated() {
            need += little(0, 4) + little(0, 2) + little(0, 2) + little(UInt64(name), 4)
            need += little(index == versionNames.count - 1 ? 0 : 16, 4)
        }
        let dynamicStart = needStart + need.count
        let tags: [(UInt64, UInt64)] =
            strings.map { ($0.tag, $0.offset) } + [
                (5, UInt64(namesStart)), (0x6fff_fffe, UInt64(needStart)),
                (0x6fff_ffff, versions.isEmpty ? 0 : 1), (0, 0),
            ]
        let dynamic = tags.flatMap { little($0.0, 8) + little($0.1, 8) }
        let loadedEnd = dynamicStart + dynamic.count
        var body = names + need + dynamic
        var sections: [UInt8] = []
        var count = 0
        if hasSymbols { (body, sections, count) = symbols(after: body, at: headersEnd) }
        var bytes: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + Array(repeating: 0, count: 9)
        bytes += little(3, 2) + little(UInt64(machine), 2) + little(1, 4) + little(0, 8) + little(64, 8)
        bytes += little(hasSymbols ? UInt64(headersEnd + body.count) : 0, 8) + little(0, 4)
        bytes += little(64, 2) + little(56, 2) + little(2, 2) + little(64, 2)
        bytes += little(UInt64(count), 2) + little(UInt64(max(0, count - 1)), 2)
        bytes +=
            segment(type: 1, offset: 0, size: loadedEnd) + segment(type: 2, offset: dynamicStart, size: dynamic.count)
        return bytes + body + sections
    }

    /// Adds sections that are not loaded, with their bytes, headers and number.
    private func symbols(after body: [UInt8], at start: Int) -> ([UInt8], [UInt8], Int) {
        var body = body
        var headers = Array(repeating: UInt8(0), count: 64)
        var names: [UInt8] = [0]
        func add(_ name: String, type: UInt64, flags: UInt64 = 0, link: UInt64 = 0, content: [UInt8]) {
            let header = little(UInt64(names.count), 4) + little(type, 4) + little(flags, 8) + little(0, 8)
            names += Array((name + "\0").utf8)
            let content = name == ".shstrtab" ? names : content
            headers += header + little(UInt64(start + body.count), 8) + little(UInt64(content.count), 8)
            headers += little(link, 4) + little(0, 4) + little(1, 8) + little(0, 8)
            body += content
        }
        // A loaded section that stays where it is; it has no bytes of its own here.
        add(".text", type: 8, flags: 2, content: [])
        add(".symtab", type: 2, link: 3, content: Array(repeating: 7, count: 240))
        add(".strtab", type: 3, content: Array("many names".utf8))
        add(".debug_info", type: 1, content: Array(repeating: 9, count: 500))
        add(".comment", type: 1, content: Array("a compiler".utf8))
        for _ in 0..<repeatedSections {
            headers += little(1, 4) + little(3, 4) + little(0, 16)
            headers += little(UInt64(start), 8) + little(UInt64(body.count), 8) + little(0, 8)
            headers += little(1 << 16, 8) + little(0, 8)
        }
        add(".shstrtab", type: 3, content: [])
        return (body, headers, 7 + repeatedSections)
    }

    private func segment(type: UInt64, offset: Int, size: Int) -> [UInt8] {
        little(type, 4) + little(4, 4) + little(UInt64(offset), 8) + little(UInt64(offset), 8)
            + little(UInt64(offset), 8) + little(UInt64(size), 8) + little(UInt64(size), 8) + little(8, 8)
    }

    private func little(_ value: UInt64, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
}
