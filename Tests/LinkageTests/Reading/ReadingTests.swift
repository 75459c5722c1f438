import Foundation
import Testing

@testable import Linkage

@Suite("Files as agencies send them")
struct ReadingTests {
    private let extracts: Extracts

    init() throws { extracts = try Extracts() }

    private func read(_ data: Data) throws -> Records {
        let table = RawTable(.standard)
        try table.add(MappedFile(try extracts.file("a.csv", data)), isStandard: true) { _ in }
        return Records(table)
    }

    private func surname(_ records: Records, _ record: Int) -> String {
        records.fields[2].values.text(records.value(record, 2))
    }

    @Test(arguments: [
        "record_id,forename,surname\r\n1,Ann,\"Smith, \"\"Jr\"\"\"\r\n2,Bea,\"Jo\nnes\"\r\n",
        "\u{feff}Record ID;First Name;Last Name\n1;Ann;Smith jr\n\n2;Bea;\"Jo nes\"",
        "RECORD_ID\tGivenName\tFamily-name\n1\tAnn\t Smith  Jr \n2\tBea\tJo nes\n",
        "surname,forename,record_id\rSmith Jr,Ann,1\rJo nes,Bea,2",
    ])
    func `separators, quotes, line ends and column names in use`(_ text: String) throws {
        let records = try read(Data(text.utf8))
        #expect(records.count == 2)
        #expect([surname(records, 0), surname(records, 1)] == ["smith jr", "jo nes"])
        #expect(records.table.name(1) == "2")
    }

    @Test func `Windows' encoding is recognised`() throws {
        let heading = Data("record_id,forename,surname\n1,Zo".utf8)
        let text = heading + [0xeb] + Data(",Mu".utf8) + [0xf1] + Data("oz\n".utf8)
        #expect(surname(try read(text), 0) == "munoz")
    }

    @Test func `rows that can't be used are put aside with the reason, and the others stay`() throws {
        let records = try read(Data("""
            record_id,forename,surname
            1,Ann,Smith
            2,Bea
            ,Cat,Jones
            1,Dee,Reed
            5,Eve,Moss,more
            6,"Fay,Pike
            7,Gwen,Lark
            """.utf8))
        #expect(records.count == 2)
        #expect(records.table.rejected.map(\.line) == [3, 4, 5, 6, 7])
        #expect(records.table.rejected.map(\.reason) == [
            "it has 2 values, the first line names 3 columns", "it has no record_id", "its record_id was used before",
            "it has 4 values, the first line names 3 columns", "a quotation mark isn't closed",
        ])
    }

    @Test(arguments: [
        (Data(), "is empty"), (Data([0x50, 0x4b, 3, 4, 20]), "is a workbook"),
        (Data([0xff, 0xfe, 0x61, 0]), "UTF-16"), (Data([0x61, 0, 0x62]), "isn't text"),
        (Data("a,b,c\n1,2,3\n".utf8), "no columns that are known"), (Data("\n\n\n".utf8), "no line with the names"),
        (Data((String(repeating: "x,", count: 300) + "x\n").utf8), "301 columns"),
        (Data("record_id,forename,surname\n".utf8), "no row that can be used"),
        (Data("record_id,forename,surname\n\"1,Ann,Smith\n".utf8), "no row that can be used"),
    ])
    func `what can't be read is said`(_ content: Data, _ words: String) throws {
        let path = try extracts.file("bad.csv", content)
        let problem = #expect(throws: LinkageProblem.self) { try Linkage.run([path]) }
        #expect(problem?.description.contains(words) == true, "\(problem?.description ?? "")")
    }

    @Test func `bytes at random never end in a crash`() throws {
        var dice = Dice(17)
        let marks: [UInt8] = Array("\",;\n\r\t ab1-/@".utf8) + [0xc3, 0xa9, 0xff, 0xe2, 0x80]
        for _ in 0..<150 {
            var bytes = Array("record_id,forename,surname,dob,postcode,nhs_number,phone\n".utf8)
            for _ in 0..<dice.below(600) { bytes.append(marks[dice.below(marks.count)]) }
            let path = try extracts.file("random.csv", Data(bytes))
            _ = try? Linkage.run([path])
        }
    }

    @Test func `one record, and records with nothing in them`() throws {
        let one = try Linkage.run([try extracts.file("a.csv", ["record_id,forename,surname", "1,Ann,Smith"])])
        #expect(one.headCount.people == 1)
        let empty = try Linkage.run([try extracts.file("b.csv", ["record_id,forename,surname", "1,,", "2,,", "3,,"])])
        #expect(empty.headCount.groups == 3)
    }
}
