import HostSystem
import Testing

@testable import Deployment

@Suite("Pauses between questions for the progress of CloudFormation")
struct PollScheduleTests {
    private func pauses(_ variables: [String: String], count: Int) -> [Duration] {
        var schedule = PollSchedule(Environment(variables))
        return (0..<count).map { _ in schedule.pause() }
    }

    @Test func `the first pause is short, and later ones grow to five seconds`() {
        let pauses = pauses([:], count: 12)
        #expect(pauses[0] < .milliseconds(500))
        #expect(pauses == pauses.sorted())
        #expect(pauses.last == .seconds(5))
    }

    @Test func `SLS_AWS_MONITORING_FREQUENCY is a fixed pause in milliseconds`() {
        #expect(
            pauses(["SLS_AWS_MONITORING_FREQUENCY": "250"], count: 3) == Array(repeating: .milliseconds(250), count: 3)
        )
    }
}
