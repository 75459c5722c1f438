import Foundation
import HTTPTypes
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The table of who may ask for what")
struct AccessTableTests {
    @Test func `every route has the access that access.txt says`() throws {
        let rows = Site.whole().routes.map { route -> String in
            let file = route.fileField == nil ? "" : ", takes a file"
            let method = route.method.rawValue.padding(toLength: 4, withPad: " ", startingAt: 0)
            return "\(method) /\(route.path)  \(route.access)\(file)"
        }
        try GoldenFile("access.txt").expect(rows.sorted())
    }

    @Test func `every permission belongs to the roles that roles.txt says`() throws {
        let rows = Permission.allCases.map { permission in
            let roles = Role.allCases.filter { $0.permissions.contains(permission) }.map(\.rawValue)
            return "\(permission.rawValue): \(roles.joined(separator: " "))"
        }
        try GoldenFile("roles.txt").expect(rows)
    }

    @Test func `no route is there twice, and none that changes something is a GET`() {
        let names = Site.whole().routes.map { "\($0.method) \($0.path)" }
        #expect(Set(names).count == names.count)
        #expect(Site.whole().routes.allSatisfy { $0.method == .get || $0.method == .post })
    }
}
