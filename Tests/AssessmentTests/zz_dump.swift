import Assessment
import Foundation
import Pages
import Statistics
import Testing
@Test func dump() throws {
    let about = EvidenceTable.About(id: "t", unit: .person, area: "A", source: "s")
    func t(_ dims: [CountDimension], _ cells: [[String]: EvidenceValue]) throws -> EvidenceTable {
        try EvidenceTable(publishedBy: "ONS", in: "x", on: "2022", name: "t", dims, cells: cells, about)
    }
    var out = "<meta charset=utf-8><style>body{font-family:sans-serif;background:#fff}svg{margin:8px}</style>"
    let years = ["2018/19","2019/20","2020/21","2021/22"]
    var cells: [[String]: EvidenceValue] = [:]
    for (i,y) in years.enumerated() { cells[[y,"Police and crime"]] = .count([253,284,200,190][i]); cells[[y,"Outreach"]] = i == 1 ? .withheld : .count(40+i*10); cells[[y,"Homelessness"]] = i == 0 ? .notAvailable : .count(6+4*i) }
    let tt = try t([CountDimension("Year", codes: years), CountDimension("Agency", codes: ["Police and crime","Outreach","Homelessness"])], cells)
    out += try Picture.trend("a", "Trend", tt, over: 0, series: ["Police and crime","Outreach","Homelessness"], at: ["",""]).svg.description
    let ages = ["0 to 5","6 to 11","12 to 17","18 to 24","25 to 34","35 to 44","45 to 54","55 to 74","75 and over"]
    cells = [:]
    for (i,a) in ages.enumerated() { cells[[a,"Female"]] = i == 8 ? .withheld : .count([20,14,17,40,80,72,50,30,0][i]); cells[[a,"Male"]] = i == 7 ? .withheld : .count([22,12,13,12,20,18,15,0,11][i]) }
    out += try Picture.pyramid("b","Pyramid", try t([CountDimension("Age", codes: ages), CountDimension("Sex", codes: ["Female","Male"])], cells), left: "Female", right: "Male").svg.description
    cells = [["Police"]: .count(210), ["Outreach"]: .count(60), ["Police + Outreach"]: .count(33), ["Housing + Police"]: .withheld, ["Housing"]: .count(14)]
    out += try Picture.overlap("c","Overlap", try t([CountDimension("Known to", codes: cells.keys.map{$0[0]})], cells)).svg.description
    let def = try #require(try FigureInputs.measure("unknown_share"))
    let ag = ["Police","Outreach service","Health","Early help"], fields = ["Age","Sex","Ethnicity","Disability","Sexual orientation"]
    cells = [:]
    for (i,a) in ag.enumerated() { for (j,f) in fields.enumerated() { cells[[a,f]] = a == "Health" ? .noReturn : .count((i*37+j*23)%100) }; cells[[a,"All"]] = a == "Health" ? .noReturn : .count(100) }
    let q = try EvidenceTable(publishedBy: "ONS", in: "x", on: "2022", name: "t", [CountDimension("A", codes: ag), CountDimension("F", codes: fields+["All"])], cells: cells, .init(id: "t", unit: .agencyRecord, area: "A", source: "s"))
    out += try Picture.heat("d","Heat", rows: ag, columns: fields, figures: ag.map { a in try fields.map { f in try Figure(def, Operand(q,[a,f]), Operand(q,[a,"All"])) } }).svg.description
    cells = [["Ward 0"]: .count(30), ["Ward 1"]: .count(12), ["Ward 2"]: .withheld, ["Ward 3"]: .count(50)]
    out += try Picture.map("e","Map", try MapTests.squares(6), try t([CountDimension("W", codes: cells.keys.map{$0[0]})], cells)).svg.description
    try out.write(toFile: "/tmp/h3mini/dump.html", atomically: true, encoding: .utf8)
}
