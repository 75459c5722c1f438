import Testing

@testable import AppTestSupport

@Suite("The order of the folders")
struct FolderOrderTests {
    /// Each row uses itself and the rows above it. The first row is the ground: its rooms make one visit together
    /// (a page's visit has a session, keys and a transaction), so they may use one another.
    private static let order: [[String]] = [
        ["Web", "Access", "Audit", "Vault", "Release", "Schema"], ["Tasks"], ["Timeline"], ["Organisations"],
        ["Accounts"], ["People"], ["FrontDoor"], ["Casework"], ["Marac"], ["Accommodation"], ["Perpetrators"],
        ["Evidence"], ["Commissioning"], ["Duty"], ["Voice"], ["Governance"], ["Demo"], ["Bench"],
    ]

    /// The few files that put the whole together, and what they may name besides.
    private static let assembling: [String: Set<String>] = [
        "App/Web/Server.swift": ["BreachList", "PasswordHasher", "ReturnExpiry", "WorkbookReader"],
        "App/Web/Services.swift": ["BreachList", "PasswordHasher", "WorkbookReader"],
    ]

    @Test func `a folder uses only those to its left`() throws {
        let files = try SourceFile.all().filter { $0.room != nil }
        let owners = Self.owners(files)
        var found: Set<String> = []
        for file in files {
            guard let here = Self.place(file) else { continue }
            for match in file.code.matches(of: /(\.?)([A-Za-z_]\w*)(\(?)/) {
                // A member is not what the name alone would be; a small word is a function when it is called.
                let name = String(match.output.2)
                let isMeant = name.first?.isUppercase == true || !match.output.3.isEmpty
                guard match.output.1.isEmpty, isMeant else { continue }
                guard let homes = owners[name], homes.count == 1, let home = homes.first, home > here,
                    Self.assembling[file.path]?.contains(name) != true else { continue }
                found.insert("\(file.path) uses \(name) of \(Self.order[home].joined(separator: ", "))")
            }
        }
        #expect(found.sorted() == [])
    }

    @Test func `every folder has its place`() throws {
        let known = Set(Self.order.flatMap(\.self))
        #expect(Set(try SourceFile.all().compactMap(\.room)).subtracting(known) == [])
    }

    @Test func `the test knows who owns what`() throws {
        let owners = Self.owners(try SourceFile.all())
        #expect(owners["AttemptForm"]?.first == Self.place("Casework"))
        #expect(owners["managedAccountPage"]?.first == Self.place("Accounts"))
        #expect(owners.count > 250)
    }

    private static func place(_ file: SourceFile) -> Int? { file.room.flatMap(place) }

    private static func place(_ room: String) -> Int? { order.firstIndex { $0.contains(room) } }

    private nonisolated(unsafe) static let declaration =
        /(?m)^(?:public |final |indirect |@\w+ )*(?:struct|enum|class|actor|protocol|typealias|func) (\w+)/

    /// Names of types and functions that a file declares at its left margin, so that others can use them, to the
    /// places where they are declared. Members are not followed: a member of one type is another's too by name.
    private static func owners(_ files: [SourceFile]) -> [String: Set<Int>] {
        var owners: [String: Set<Int>] = [:]
        for file in files {
            guard let here = place(file) else { continue }
            let declarations = file.code.matches(of: declaration)
            for declaration in declarations { owners[String(declaration.1), default: []].insert(here) }
        }
        return owners
    }
}
