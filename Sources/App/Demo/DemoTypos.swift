/// The slips of people who type fast while someone is crying on the telephone.
enum DemoTypos {
    /// One slip in a word of at least four letters: two letters swapped, one dropped or one doubled; never the first.
    static func slip(in word: String, _ dice: inout DemoDice) -> String {
        var letters = Array(word)
        guard letters.count >= 4 else { return word }
        let place = dice.within(1...(letters.count - 2))
        guard letters[place].isLetter, letters[place + 1].isLetter else { return word }
        switch dice.below(3) {
        case 0: letters.swapAt(place, place + 1)
        case 1: letters.remove(at: place)
        default: letters.insert(letters[place], at: place)
        }
        return String(letters)
    }

    /// Words that are often spelt wrong, and how.
    private static let usual = [
        "received": "recieved", "definitely": "definately", "separate": "seperate", "separated": "seperated",
        "because": "becuase", "appointment": "appoinment", "their": "thier", "tomorrow": "tommorow",
        "address": "adress", "harassment": "harrasment", "aggressive": "agressive", "until": "untill",
        "solicitor": "soliciter", "necessary": "neccesary", "believe": "beleive", "safeguarding": "safegaurding",
        "children": "chidlren", "school": "shcool", "which": "wich", "refuge": "refuse", "council": "counsel",
        "already": "allready", "occasion": "ocassion", "immediately": "immediatly", "really": "realy",
    ]

    /// The text as it would be typed in a hurry: some words wrong, sometimes no capitals, sometimes no full stops.
    static func hurried(_ text: String, _ dice: inout DemoDice) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for index in words.indices {
            if let wrong = usual[words[index]], dice.chance(70) {
                words[index] = wrong
            } else if words[index].utf8.count > 5, dice.chance(4) {
                words[index] = slip(in: words[index], &dice)
            }
        }
        var typed = words.joined(separator: " ")
        if dice.chance(30) { typed = typed.lowercased() }
        if dice.chance(20) { typed = typed.replacing(". ", with: " - ") }
        if dice.chance(15), typed.hasSuffix(".") { typed.removeLast() }
        return typed
    }
}
