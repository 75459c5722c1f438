import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Input of every kind, in every field of every form", .needsClone)
struct HostileInputTests {
    @Test(arguments: HostileForm.all)
    func `whatever is typed is saved or refused in words, and kept either way`(_ hostile: HostileForm) async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site, as: hostile.who)
            let fresh = try await browser.get(hostile.path).form()
            for payload in hostile.payloads {
                var form = fresh
                _ = form.fill(hostile.good)
                let typed = form.controls.filter(\.isTyped).map(\.name)
                for name in typed { form.forge(name, payload) }
                form.forge("submission", UUID().column)
                let page = try await browser.submit(form)
                #expect([200, 422, 409].contains(page.status), "\(page.status) for '\(payload.prefix(30))'")
                if page.status == 422 {
                    let kept = try page.form(hostile.path)
                    let lost = typed.filter { kept[$0].withPlainLineEnds != payload.withPlainLineEnds }
                    #expect(lost.isEmpty, "not kept: '\(payload.prefix(30))'")
                }
                if payload.contains("<") { #expect(!page.answer.body.contains(payload)) }
            }
            #expect(try await site.count("person") >= 38)
        }
    }

    @Test(arguments: HostileForm.all.filter { !$0.free.isEmpty })
    func `what is saved is shown as it was typed, and only ever as text`(_ hostile: HostileForm) async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site, as: hostile.who)
            for payload in HostileForm.storable {
                var form = try await browser.get(hostile.path).form()
                _ = form.fill(hostile.good)
                for name in hostile.free { form.forge(name, payload) }
                form.forge("submission", UUID().column)
                let page = try await browser.submit(form)
                #expect(page.status == 200, "'\(payload)'")
                for path in hostile.shown {
                    let shown = try await browser.get(path)
                    #expect(shown.answer.body.contains(Markup.escaped(payload)), "\(path) shows '\(payload)'")
                    if payload.contains("<") { #expect(!shown.answer.body.contains(payload)) }
                }
            }
        }
    }

    @Test(arguments: HostileForm.all)
    func `a choice that was never offered is refused, and so is a broken hidden field`(_ hostile: HostileForm)
        async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site, as: hostile.who)
            let fresh = try await browser.get(hostile.path).form()
            // The questions of the Dash are all alike.
            let controls = fresh.controls.filter { !$0.isTyped && $0.name != "csrf" }
                .filter { !$0.name.hasPrefix("q") || $0.name == "q1" }
            let choices = ["<script>alert('x')</script>", "99999999999", "-1", "\u{202E}", World.absent.column]
            for (place, control) in controls.enumerated() {
                // Two for each control, others for the next.
                for payload in [choices[place % choices.count], choices[(place + 2) % choices.count]] {
                    var form = fresh
                    _ = form.fill(hostile.good)
                    form.forge("submission", UUID().column)
                    form.forge(control.name, payload)
                    let page = try await browser.submit(form)
                    #expect([200, 400, 409, 422].contains(page.status), "\(page.status) for \(control.name)=\(payload)")
                    #expect(!page.answer.body.contains("<script>alert"))
                }
            }
        }
    }

    @Test(arguments: HostileForm.all.filter { !$0.dates.isEmpty })
    func `a day that does not exist is refused beside its field, and kept`(_ hostile: HostileForm) async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site, as: hostile.who)
            let fresh = try await browser.get(hostile.path).form()
            for field in hostile.dates {
                for parts in HostileForm.nonDates {
                    var form = fresh
                    _ = form.fill(hostile.good)
                    for (name, value) in zip(["day", "month", "year"], parts) { form.forge("\(field)-\(name)", value) }
                    let page = try await browser.submit(form)
                    #expect(page.status == 422, "\(parts)")
                    #expect(page.markup.elements.contains { $0["id"] == "\(field)-error" }, "\(parts)")
                    let kept = try page.form(hostile.path)
                    #expect(["day", "month", "year"].map { kept["\(field)-\($0)"] } == parts)
                }
            }
        }
    }

    @Test(arguments: [
        "25:00", "9:60", "x", "-1", "９:00", "24:00", "13pm", "0am", "9:5:1", "'; --", "<b>", "99999999999",
    ])
    func `a time that does not exist is refused, and kept`(_ time: String) async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let contact = try await hana.submit(hana.get("/contacts/new"), [
                "channel": "helpline", "reason": "Rang", "outcome": "adviceGiven", "happened-time": time,
            ])
            #expect(contact.status == 422)
            #expect(try contact.form()["happened-time"] == time)
            let safe = try await hana.submit(hana.get("/people/\(World.maya.column)/safe-contact"), [
                "asked": "yes", "number": "07700 900742", "channels": "telephone", "days": "2", "from": time,
            ])
            #expect(safe.status == 422)
            #expect(try safe.form()["from"] == time)
        }
    }

    @Test func `a person may be called anything that is a name to them`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            for name in ["Ng", "O'Shea-Łaska", "José María", "李", "أمينة", "Nguyễn Thị", "D’Arcy", "X Æ A-12"] {
                let form = try await hana.get("/contacts/\(World.id(.silentContact, 101).column)/people/new")
                let page = try await hana.submit(form, ["given-name": name, "family-name": name])
                #expect(page.status == 200)
                #expect(page.text.contains("\(name) \(name)"))
            }
        }
    }
}

extension String {
    /// With one kind of line end.
    fileprivate var withPlainLineEnds: String { replacing("\r\n", with: "\n") }
}
