import Foundation

extension DemoGenerator {
    /// How much the caseworkers of each agency work; of some it is not recorded.
    private mutating func writeWorkingTimes() {
        var dice = DemoDice(.workingTime)
        for colleague in staff.all where colleague.left == nil && colleague.role == .idva {
            let share = dice.pick([100, 100, 80, 60])
            guard dice.chance(85) else { continue }
            batch[.workingTime].add(
                dice.uuid(), partnership, organisations.agencies[colleague.agency].id, colleague.id, share,
                clock.day(ago: 600), clock.today + -600 * 86_400, staff.all[DemoStaff.manager].id)
        }
    }

    /// Who is on call at the front door for the next four weeks, in the team's hours; and a colleague who is away.
    mutating func writeRota() {
        writeWorkingTimes()
        let agency = DemoOrganisations.frontDoor
        let pool = staff.all.indices.filter { place in
            let colleague = staff.all[place]
            return colleague.agency == agency && colleague.left == nil
                && [.helplineWorker, .idva, .serviceManager].contains(colleague.role)
        }
        func add(_ kind: RotaKind, _ who: Int, _ from: DemoMoment, _ until: DemoMoment, by cover: Int? = nil,
                 _ dice: inout DemoDice) {
            batch[.rotaEntry].add(
                dice.uuid(), partnership, organisations.agencies[agency].id, kind.rawValue, staff.all[who].id, from,
                until, staff.all[DemoStaff.manager].id, cover.map { staff.all[$0].id })
        }
        var dice = DemoDice(.staff, 200_000)
        for ahead in 0..<28 {
            let day = clock.day(ago: -ahead)
            if day.weekday == 7 { continue }
            let who = pool[(ahead / 2) % pool.count]
            add(.onCall, who, clock.moment(day, minute: 480), clock.moment(day, minute: 1_200), &dice)
        }
        // One of those who don't sign in, so that the cases which nobody minds show.
        if let away = pool.last(where: { staff.all[$0].role == .idva && !staff.all[$0].canSignIn }) {
            let from = clock.moment(clock.day(ago: 3), minute: 540)
            add(.away, away, from, clock.moment(clock.day(ago: -9), minute: 540), &dice)
            // Another is covered for by one who does.
            let others = pool.filter { staff.all[$0].role == .idva && $0 != away }
            if let covered = others.last(where: { !staff.all[$0].canSignIn }),
                let cover = others.first(where: { staff.all[$0].canSignIn }) {
                add(.away, covered, from, clock.moment(clock.day(ago: -12), minute: 540), by: cover, &dice)
            }
        }
    }
}
