#!/usr/bin/env python3
"""Deterministic generator of UK-like multi-agency extracts of domestic-abuse
victims, with ground truth.  Entirely synthetic: no real person, no real
postcode area (outward codes start Q/X, which Royal Mail does not use), NHS
numbers only in the 999 test range, phone numbers that cannot be dialled.

    python generate.py --records 100000 --out DIR [--seed 20240607]

Writes DIR/<agency>.csv (6 files), DIR/all.csv (the six concatenated, shuffled
within agency), DIR/truth.csv (record_id,person_id) and DIR/MANIFEST.json
(sha256 of every file, counts, true pairs).  Same arguments and same name-list
packages => same bytes.  Only random.Random.random() is drawn on, whose stream
Python keeps stable between versions.

Name lists (data read at generation time):  pip install faker==40.54.0
fusuk==0.1.1 nicknames==1.0.1   (MIT, MIT, Apache-2.0).
"""

import argparse, bisect, csv, hashlib, importlib.util, itertools, json, os, random, sys

AGENCIES = ["police", "health", "social_care", "housing", "outreach", "refuge"]
AG_WEIGHT = [0.33, 0.20, 0.16, 0.14, 0.11, 0.06]
# per-agency: probability a field is missing, and rate multipliers for noise
#            fore   sur    dob    sex    pc     nhs    phone  typo  nick  dobnoise
AG = {
    "police": (0.004, 0.002, 0.060, 0.010, 0.080, 1.000, 0.40, 1.30, 1.0, 1.3),
    "health": (0.001, 0.001, 0.004, 0.003, 0.020, 0.070, 0.30, 0.50, 0.4, 0.4),
    "social_care": (0.003, 0.002, 0.030, 0.010, 0.060, 0.400, 0.40, 0.80, 0.8, 0.8),
    "housing": (0.030, 0.002, 0.090, 0.120, 0.010, 1.000, 0.22, 0.90, 0.7, 1.0),
    "outreach": (0.006, 0.030, 0.180, 0.040, 0.200, 0.930, 0.25, 1.50, 2.0, 1.6),
    "refuge": (0.004, 0.060, 0.130, 0.020, 0.480, 0.800, 0.45, 1.60, 2.2, 1.8),
}
COLS = [
    "record_id",
    "agency",
    "event_date",
    "forename",
    "middle_name",
    "surname",
    "dob",
    "sex",
    "postcode",
    "nhs_number",
    "phone",
]
KDIST = [
    (1, 0.44),
    (2, 0.24),
    (3, 0.135),
    (4, 0.075),
    (5, 0.043),
    (6, 0.027),
    (7, 0.016),
    (8, 0.010),
    (10, 0.008),
    (14, 0.006),
]

SA_SUR = {
    "patel",
    "khan",
    "singh",
    "ahmed",
    "ali",
    "hussain",
    "begum",
    "kaur",
    "shah",
    "akhtar",
    "iqbal",
    "malik",
    "mahmood",
    "miah",
    "rahman",
    "uddin",
    "chowdhury",
    "bibi",
    "islam",
    "mohammed",
    "sharma",
    "rashid",
    "hassan",
    "ibrahim",
    "abdi",
    "osman",
}
SA_F = """
    fatima aisha maryam zainab khadija amina sana nadia samina shabana rukhsana farzana nasreen priya anjali
    sunita rekha meena simran harpreet manpreet jasmine noor hafsa sumaya hodan ifrah yasmin parveen nazia
    saima uzma
""".split()
SA_M = """
    mohammed muhammad ahmed ali hassan hussain ibrahim omar yusuf bilal imran kamran tariq khalid rajesh
    sanjay amit vijay harpreet gurpreet jaspal abdul adnan asif zahid shahid nadeem waseem faisal usman hamza
    abdi
""".split()
TRANSLIT = [
    ["mohammed", "muhammad", "mohammad", "mohamed", "muhammed"],
    ["fatima", "fatema", "fathima"],
    ["aisha", "ayesha", "aysha", "aaisha"],
    ["maryam", "mariam", "miriam"],
    ["zainab", "zaynab", "zeinab"],
    ["yusuf", "yousuf", "yousef"],
    ["omar", "umar"],
    ["usman", "osman", "uthman"],
    ["hussain", "hussein", "husain"],
    ["ahmed", "ahmad"],
    ["begum", "begom"],
    ["choudhury", "chowdhury", "choudhry"],
    ["hassan", "hasan"],
    ["khadija", "khadeeja", "khadijah"],
    ["yasmin", "yasmeen", "jasmine"],
    ["parveen", "parvin"],
]
VAR = {}
for _g in TRANSLIT:
    for _a in _g:
        VAR.setdefault(_a, []).extend(x for x in _g if x != _a)
PHON = [
    ("ph", "f"),
    ("f", "ph"),
    ("ck", "k"),
    ("c", "k"),
    ("k", "c"),
    ("y", "ie"),
    ("ie", "y"),
    ("ee", "ea"),
    ("ea", "ee"),
    ("s", "z"),
    ("z", "s"),
    ("ll", "l"),
    ("l", "ll"),
    ("tt", "t"),
    ("nn", "n"),
    ("n", "nn"),
    ("ey", "y"),
    ("ei", "ie"),
    ("ou", "o"),
    ("th", "t"),
    ("mac", "mc"),
    ("mc", "mac"),
    ("e", ""),
    ("rr", "r"),
    ("ss", "s"),
    ("x", "ks"),
    ("oo", "u"),
    ("gh", ""),
    ("j", "g"),
    ("ai", "ay"),
    ("ay", "ai"),
]
QW = {
    "q": "wa",
    "w": "qes",
    "e": "wrd",
    "r": "etf",
    "t": "ryg",
    "y": "tuh",
    "u": "yij",
    "i": "uok",
    "o": "ipl",
    "p": "ol",
    "a": "qsz",
    "s": "adw",
    "d": "sfe",
    "f": "dgr",
    "g": "fht",
    "h": "gjy",
    "j": "hku",
    "k": "jli",
    "l": "ko",
    "z": "asx",
    "x": "zsc",
    "c": "xdv",
    "v": "cfb",
    "b": "vgn",
    "n": "bhm",
    "m": "nj",
}


def pkg_dir(name):
    s = importlib.util.find_spec(name)
    if not s:
        sys.exit(f"missing name-list package {name}: see the header of this file")
    return os.path.dirname(s.origin)


def load_names():
    import faker.providers.person.en_GB as gb  # popularity-ordered heads

    d = os.path.join(pkg_dir("fusuk"), "data")
    first = json.load(open(os.path.join(d, "uk_first_names.json"), encoding="utf-8"))
    sur, seen = [], set()
    for ln in open(os.path.join(d, "uk_last_names.txt"), encoding="utf-8"):
        s = ln.strip().lower()
        if s.isascii() and s.isalpha() and 2 < len(s) < 15 and s not in seen:
            seen.add(s)
            sur.append(s)
        if len(sur) >= 60000:
            break
    heads = {
        "F": [x.lower() for x in gb.Provider.first_names_female],
        "M": [x.lower() for x in gb.Provider.first_names_male],
    }
    tails = {"F": [], "M": []}
    for r in first:
        n = r["name"].lower()
        g = "F" if r["gender"] == "female" else "M"
        if n.isascii() and n.isalpha():
            tails[g].append(n)
    fore = {}
    for g in "FM":
        h = list(dict.fromkeys(heads[g]))
        hs = set(h)
        t = [n for n in dict.fromkeys(tails[g]) if n not in hs]
        t.sort(key=lambda n: hashlib.sha256(n.encode()).digest())  # a fixed pseudo-random order
        fore[g] = h + t
    nick = {}
    known = set(fore["F"]) | set(fore["M"])
    for r in csv.DictReader(open(os.path.join(pkg_dir("nicknames"), "names.csv"), encoding="utf-8")):
        a, b = r["name1"], r["name2"]
        if a in known and b.isascii() and b.isalpha() and len(b) > 1:
            nick.setdefault(a, []).append(b)
    return fore, sur, nick


def cum(ws):
    return list(itertools.accumulate(ws))


class Gen:
    def __init__(s, n, seed):
        s.n = n
        s.R = random.Random(seed)
        s.r = s.R.random
        s.fore, s.sur, s.nick = load_names()
        s.sur_cum = cum(1.0 / (i + 2) ** 0.80 for i in range(len(s.sur)))
        s.fore_cum = {}
        for g in "FM":
            names = s.fore[g]
            base = [1.0 / (i + 14) ** 1.08 for i in range(len(names))]
            peak = [1935 + int.from_bytes(hashlib.sha256(("p" + x).encode()).digest()[:2], "big") % 75 for x in names]
            for dec in range(1920, 2020, 10):  # names have their generations
                s.fore_cum[g, dec] = cum(
                    b * (0.12 + 2.718 ** (-(((dec + 5 - p) / 16.0) ** 2))) for b, p in zip(base, peak)
                )
        persons_est = int(n / 2.35) + 50
        s.npc = max(400, int(persons_est / 1.8))  # unit postcodes in the area
        s.pcs, used = [], set()
        L = "ABDEFGHJLNPQRSTUWXYZ"
        while len(s.pcs) < s.npc:
            d = int(s.r() * 60)
            pc = f"{'QX' if d < 40 else 'XQ'}{d % 40 + 1} {int(s.r()*10)}{L[int(s.r()*20)]}{L[int(s.r()*20)]}"
            if pc not in used:
                used.add(pc)
                s.pcs.append(pc)
        s.pc_cum = cum(1.0 / (i + 40) ** 0.55 for i in range(s.npc))  # tower blocks and hostels are dense
        s.nhs_used = set()

    def pick(s, xs, cm):
        return xs[bisect.bisect_right(cm, s.r() * cm[-1])]

    def ch(s, xs):
        return xs[int(s.r() * len(xs))]

    def postcode(s):
        return s.pick(s.pcs, s.pc_cum)

    def phone(s):
        return "007" + "%08d" % int(s.r() * 1e8)

    def nhs(s):
        while True:
            base = "999" + "%06d" % int(s.r() * 1e6)
            c = 11 - sum(int(d) * (10 - i) for i, d in enumerate(base)) % 11
            if c == 10:
                continue
            v = base + str(0 if c == 11 else c)
            if v in s.nhs_used:
                continue
            s.nhs_used.add(v)
            return v

    def dob(s, lo, hi):
        y = lo + int(s.r() * (hi - lo + 1))
        m = 1 + int(s.r() * 12)
        d = 1 + int(
            s.r()
            * [31, 29 if y % 4 == 0 and y % 100 or y % 400 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]
        )
        return (y, m, d)

    def forename(s, sex, year, sur):
        if sur in SA_SUR and s.r() < 0.8:
            return s.ch(SA_F if sex == "F" else SA_M)
        dec = min(2010, max(1920, year // 10 * 10))
        return s.pick(s.fore[sex], s.fore_cum[sex, dec])

    def surname(s):
        a = s.pick(s.sur, s.sur_cum)
        if s.r() < 0.02:
            a = a + "-" + s.pick(s.sur, s.sur_cum)
        return a

    def person(s, base=None, rel=None):
        p = {}
        sex = "F" if s.r() < 0.76 else "M"
        lo, hi = (1935, 2006)
        # ages skewed to 18-45
        y = 2023 - 16 - int(62 * s.r() ** 1.6)
        dob = s.dob(y, y)
        sur = s.surname()
        pc = s.postcode()
        if base:
            sur, pc = base["sur"][0], base["pcs"][0]
            if rel == "twin":
                dob = base["dob"]
            elif rel == "child":
                dob = s.dob(min(2007, base["dob"][0] + 17), min(2007, base["dob"][0] + 36))
            elif rel == "junior":
                sex = base["sex"]
                dob = s.dob(min(2007, base["dob"][0] + 20), min(2007, base["dob"][0] + 38))
        p["sex"], p["dob"] = sex, dob
        p["fore"] = base["fore"] if rel == "junior" else s.forename(sex, dob[0], sur.split("-")[0])
        if rel == "twin" and p["fore"] == base["fore"]:
            p["fore"] = s.forename(sex, dob[0], sur)
        p["mid"] = s.forename(sex, dob[0], sur.split("-")[0]) if s.r() < 0.7 else ""
        # surnames over time (marriage, separation back to the maiden name, double-barrelling)
        p["sur"] = [sur]
        if sex == "F" and s.r() < 0.22:
            m = s.surname()
            p["sur"].append(m if s.r() < 0.8 else (sur + "-" + m if "-" not in sur + m else m))
            if s.r() < 0.35:
                p["sur"].append(sur)
        n = 1 + (s.r() < 0.45) + (s.r() < 0.22) + (s.r() < 0.10)  # victims move
        p["pcs"] = [pc] + [s.postcode() for _ in range(n - 1)]
        p["ph"] = [s.phone() for _ in range(1 + (s.r() < 0.40) + (s.r() < 0.15))]
        p["nhs"] = s.nhs()
        return p

    # ---- noise
    def typo(s, w, digits=False):
        if len(w) < 2:
            return w
        k = s.r()
        i = int(s.r() * len(w))
        if digits:
            if k < 0.35 and i + 1 < len(w):
                return w[:i] + w[i + 1] + w[i] + w[i + 2 :]
            if k < 0.90:
                return w[:i] + str(int(s.r() * 10)) + w[i + 1 :]
            return w[:i] + w[i + 1 :]
        if k < 0.22 and i + 1 < len(w):
            return w[:i] + w[i + 1] + w[i] + w[i + 2 :]
        if k < 0.52:
            return w[:i] + s.ch(QW.get(w[i], "aeiou")) + w[i + 1 :]
        if k < 0.76:
            return w[:i] + w[i + 1 :]
        return w[:i] + (w[i] if s.r() < 0.5 else s.ch("abcdefghijklmnopqrstuvwxyz")) + w[i:]

    def phon(s, w):
        i0 = int(s.r() * len(PHON))
        for j in range(len(PHON)):
            a, b = PHON[(i0 + j) % len(PHON)]
            if a in w[1:] or (len(a) > 1 and a in w):
                return w.replace(a, b, 1) if w.find(a) != 0 or len(a) > 1 else w[0] + w[1:].replace(a, b, 1)
        return w

    def noisy_name(s, w, mult):
        k = s.r() / mult
        if w in VAR and k < 0.22:
            return s.ch(VAR[w])
        if k < 0.022:
            return s.typo(w)
        if k < 0.037:
            return s.phon(w)
        if k < 0.040:
            return s.typo(s.typo(w))
        if k < 0.041:
            return s.typo(s.phon(w))
        return w

    def style(s, w, ag):
        if ag in ("police", "housing"):
            return w.upper()
        return "-".join(x[:1].upper() + x[1:] for x in w.split("-"))

    def record(s, rid, ag, p, t, other):
        """t in [0,1): position in the person's history"""
        mf, ms, md, mx, mp, mn, mph, tm, nm, dm = AG[ag]
        r = s.r
        f = p["fore"]
        k = r()
        if k < 0.055 * nm and f in s.nick:
            f = s.ch(s.nick[f])
        elif k < 0.055 * nm + 0.012 and p["mid"]:
            f = p["mid"]  # known by the middle name
        f = s.noisy_name(f, tm)
        idx = min(len(p["sur"]) - 1, int(t * len(p["sur"]) + (r() - 0.5) * 0.6)) if len(p["sur"]) > 1 else 0
        su = p["sur"][max(0, idx)]
        if "-" in su:
            k = r()
            if k < 0.15:
                su = su.split("-")[0]
            elif k < 0.30:
                su = su.split("-")[1]
            elif k < 0.40:
                su = su.replace("-", " ")
        su = s.noisy_name(su, tm)
        if r() < 0.010 * tm:
            f, su = su, f
        if ag == "housing" and r() < 0.04:
            f = f[:1]
        if r() < mf:
            f = ""
        if r() < ms:
            su = ""
        y, m, d = p["dob"]
        k = r() / dm
        if k < 0.010 and d <= 12:
            m, d = d, m
        elif k < 0.018:
            y += 1 if r() < 0.5 else -1
        elif k < 0.026:
            d = min(28, max(1, d + (1 if r() < 0.5 else -1) * (1 if r() < 0.6 else 10)))
        elif k < 0.030:
            m = 1 + int(r() * 12)
            d = min(d, 28)
        elif k < 0.036:
            m, d = 1, 1
        elif k < 0.038:
            y, m, d = 1900, 1, 1
        elif k < 0.040:
            y += 10 if r() < 0.5 else -10
            d = min(d, 28)
        if m == 2 and d == 29 and y % 4:
            d = 28
        dob = "" if r() < md else f"{y:04d}-{m:02d}-{d:02d}"
        sex = "" if r() < mx else (p["sex"] if r() > 0.004 else ("M" if p["sex"] == "F" else "F"))
        pi = min(len(p["pcs"]) - 1, max(0, int(t * len(p["pcs"]) + (r() - 0.5) * 0.5)))
        pc = p["pcs"][pi]
        k = r()
        if k < 0.020 * tm:
            pc = s.typo(pc.replace(" ", "").lower()).upper()
        elif k < 0.032 * tm:
            pc = pc.split(" ")[0]
        elif k < 0.050:
            pc = s.postcode()  # a relative's, the incident's
        if r() < 0.08:
            pc = pc.replace(" ", "")
        if r() < mp:
            pc = ""
        nhs = p["nhs"] if r() >= mn else ""
        k = r()
        if nhs and k < 0.006:
            nhs = s.typo(nhs, True)
        elif nhs and k < 0.0075 and other:
            nhs = other["nhs"]  # the relative's number on the form
        ph = p["ph"][min(len(p["ph"]) - 1, max(0, int(t * len(p["ph"]) + (r() - 0.5) * 0.5)))]
        k = r()
        if k < 0.012:
            ph = s.typo(ph, True)
        elif k < 0.05 and other:
            ph = other["ph"][0]
        if r() < 0.15:
            ph = ph[:5] + " " + ph[5:]
        if r() < mph:
            ph = ""
        day = int(t * 1095)
        ev = f"{2021 + day // 365}-{(day % 365) // 31 + 1:02d}-{(day % 365) % 28 + 1:02d}"
        mid = s.style(p["mid"], ag) if p["mid"] and ag in ("health", "social_care") and r() < 0.6 else ""
        return [rid, ag, ev, s.style(f, ag), mid, s.style(su, ag), dob, sex, pc, nhs, ph]

    def run(s):
        agc = cum(AG_WEIGHT)
        kc = cum(w for _, w in KDIST)
        kv = [k for k, _ in KDIST]
        rows = {a: [] for a in AGENCIES}
        total = 0
        pid = 0
        truepairs = 0
        while total < s.n:
            fam = [s.person()]
            k = s.r()
            if k < 0.03:
                fam.append(s.person(fam[0], "twin"))
            elif k < 0.13:
                fam.append(s.person(fam[0], "child"))
            elif k < 0.14:
                fam.append(s.person(fam[0], "junior"))
            for j, p in enumerate(fam):
                other = fam[1 - j] if len(fam) == 2 else None
                n = min(s.pick(kv, kc), s.n - total)
                if n == 0:
                    break
                for _ in range(n):
                    ag = s.pick(AGENCIES, agc)
                    rows[ag].append((s.r(), pid, s.record("", ag, p, s.r(), other)))
                total += n
                truepairs += n * (n - 1) // 2
                pid += 1
        return rows, pid, truepairs


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--records", type=int, required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--seed", type=int, default=20240607)
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    rows, npers, tp = Gen(a.records, a.seed).run()
    names = []

    def put(fn, it, head):
        with open(os.path.join(a.out, fn), "w", newline="", encoding="utf-8") as fh:
            w = csv.writer(fh, lineterminator="\n")
            w.writerow(head)
            w.writerows(it)
        names.append(fn)

    truth, allrows = [], []
    for ag in AGENCIES:
        rows[ag].sort(key=lambda x: x[0])  # arrival order says nothing of identity
        out = []
        for i, (_, pid, rec) in enumerate(rows[ag]):
            rec[0] = f"{ag[:3].upper()}{i:07d}"
            out.append(rec)
            truth.append((rec[0], f"P{pid:07d}"))
        put(ag + ".csv", out, COLS)
        allrows += out
    put("all.csv", allrows, COLS)
    put("truth.csv", truth, ["record_id", "person_id"])
    man = {
        "records": len(allrows),
        "persons": npers,
        "true_pairs": tp,
        "seed": a.seed,
        "per_agency": {k: len(v) for k, v in rows.items()},
        "sha256": {n: hashlib.sha256(open(os.path.join(a.out, n), "rb").read()).hexdigest() for n in names},
    }
    json.dump(man, open(os.path.join(a.out, "MANIFEST.json"), "w"), indent=1)
    print({k: man[k] for k in ("records", "persons", "true_pairs", "per_agency")})


if __name__ == "__main__":
    main()
