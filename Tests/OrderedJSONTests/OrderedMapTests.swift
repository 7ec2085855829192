import OrderedJSON
import Testing

@Suite struct OrderedMapTests {
    @Test(arguments: [
        (["b", "10", "a", "9", "0"], ["0", "9", "10", "b", "a"]),
        (["01", "1.0", "-1", "4294967295", "4294967294", ""], ["4294967294", "01", "1.0", "-1", "4294967295", ""]),
        (["x", "2", "1", "2"], ["1", "2", "x"]),
    ])
    func `integer keys come first in ascending order, and others as they were set`(keys: [String], ordered: [String]) {
        let map = OrderedMap(keys.map { ($0, $0) })
        #expect(map.keys == ordered)
        #expect(map.values == ordered)
    }

    @Test func `large maps find keys that have moved`() {
        var map = OrderedMap<Int>()
        for key in (0..<40).reversed() {
            map["n\(key)"] = key
            map["\(key)", default: 0] += key
        }
        #expect(map.keys.prefix(3) == ["0", "1", "2"])
        for key in 0..<40 {
            #expect(map["n\(key)"] == key)
            #expect(map["\(key)"] == key)
        }
        map.remove("0")
        #expect(map["1"] == 1)
        #expect(map.position(of: "1") == 0)
    }

    @Test(arguments: [3, 40])
    func `a value that is changed in place keeps its position`(count: Int) {
        var map = OrderedMap((0..<count).map { ("k\($0)", [$0]) })
        map["k1"]?.append(7)
        map["k\(count - 1)"]?.append(8)
        #expect(map.keys == (0..<count).map { "k\($0)" })
        #expect(map.values.first == [0])
        #expect(map["k1"] == [1, 7])
        #expect(map["k\(count - 1)"] == [count - 1, 8])
    }

    /// Sets the value of a key to `nil` through a reference, as code does that changes an optional value.
    private func clear(_ value: inout [Int]?) { value = nil }

    @Test(arguments: [(3, 1), (3, 2), (40, 0), (40, 39)])
    func `a value that becomes nil in place is removed with its key`(count: Int, position: Int) {
        var map = OrderedMap((0..<count).map { ("k\($0)", [$0]) })
        clear(&map["k\(position)"])
        let left = (0..<count).filter { $0 != position }
        #expect(map.keys == left.map { "k\($0)" })
        #expect(map.values == left.map { [$0] })
        for number in left { #expect(map["k\(number)"] == [number]) }
    }

    @Test func `replacing values keeps those without a replacement`() {
        var map: OrderedMap<Int> = ["a": 1, "b": 2]
        #expect(map.replaceValues { $0 == 1 ? 5 : nil })
        #expect(map == ["a": 5, "b": 2])
        #expect(!map.replaceValues { _ in nil })
    }
}
