import Foundation

/// Addresses at which nobody lives and numbers at which nobody answers.
enum DemoPlaces {
    /// Streets that are, as far as we know, nowhere.
    private static let streets = DemoCohorts.split(
        """
        Tallowmere, Quillfeather, Amberwick, Plumfinch, Snailcroft, Thistledown Weir, Oatharrow, Candleford Rise,
        Wrenbarrow, Puddlemarch, Larkspindle, Copperwheat, Hobbinstone, Marlpit Fold, Fernhollow Stile, Bracklewood,
        Yarrowgate, Tinderbox, Mistlebrook, Oldwhistle, Cobblenut, Ravenstile, Saffronwell, Dapplethorn, Millsparrow,
        Hazelquarry, Kettlebeck, Nettlewater, Ploughlantern, Sorrelmoor
        """)
    private static let kinds = [
        "Road", "Road", "Street", "Close", "Avenue", "Lane", "Drive", "Crescent", "Way", "Court",
    ]
    private static let letters = Array("ABDEFGHJLNPQRSTUWXYZ")

    /// An address in an area: one or two lines, the town, and a postcode in no postal area.
    static func address(in area: DemoArea, _ dice: inout DemoDice) -> DemoAddress {
        let street = "\(dice.within(1...148)) \(dice.pick(streets)) \(dice.pick(kinds))"
        var lines = dice.chance(12) ? ["Flat \(dice.within(1...24))", street] : [street]
        lines.append(dice.pick(area.towns))
        return DemoAddress(lines: lines, postcode: postcode(in: area, &dice))
    }

    /// "QL11 4TB"
    static func postcode(in area: DemoArea, _ dice: inout DemoDice) -> String {
        "\(area.outward) \(dice.within(1...9))\(dice.pick(letters))\(dice.pick(letters))"
    }

    /// A number of Ofcom's drama ranges: mobile, Leicester, or no area. The ranges hold 3,000 numbers, so that in the
    /// larger sizes many people share one; the last 30 mobile numbers are the cast's alone.
    static func phone(_ dice: inout DemoDice) -> String {
        let (kind, three) = (dice.below(100), dice.below(970))
        let digits = String(String(1_000 + three).dropFirst())
        return switch kind {
        case ..<64: "07700 900\(digits)"
        case ..<88: "0116 496 0\(digits)"
        default: "01632 960\(digits)"
        }
    }
}

extension DemoPlaces {
    /// The mobile number of the cast's person number `index`, below 30.
    static func castPhone(_ index: Int) -> String { "07700 900\(970 + index)" }
}

/// An address as it is sealed.
struct DemoAddress: Codable, Equatable, Sendable {
    let lines: [String]
    let postcode: String
}
