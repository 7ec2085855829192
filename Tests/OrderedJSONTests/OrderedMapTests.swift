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
}
