import Testing
@testable import App
@testable import AppTestSupport

@Suite("Why somebody was found")
struct MatchReasonTests {
    @Test func `a name that fits is said once, and another name than the present one by its kind`() {
        #expect(MatchReason.all(["birth", "name", "soundsLike"], knownAs: nil) == [.name, .birth])
        #expect(MatchReason.all(["name", "soundsLike"], knownAs: "alias:Maz: the Dunmore") == [.alias("Maz: the Dunmore")])
        #expect(MatchReason.all(["soundsLike", "postcode"], knownAs: "former:Maya Dunmore")
            == [.soundsLike, .formerName("Maya Dunmore"), .postcode])
        #expect(MatchReason.all(["phone", "birthTurned"], knownAs: nil) == [.birthTurned, .phone])
    }
}
