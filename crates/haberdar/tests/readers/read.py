"""Every export, read by a program that others made: `read.py BINARY SAMPLES`.

Prints a line a format, and exits with 1 where one of them is not what its readers expect. The columns of GDELT and POLECAT are written down
here once more, from their own documentation, so that the exports are not compared with themselves.
"""

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import feedparser
import geojson
import icalendar
import networkx
import pandas
import pyarrow.parquet
import rdflib

SIDES = ["Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code"]
PLACE = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
GDELT = (
    ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"]
    + [f"Actor{n}{s}" for n in (1, 2) for s in SIDES]
    + ["IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"]
    + [f"{who}Geo_{p}" for who in ("Actor1", "Actor2", "Action") for p in PLACE]
    + ["DATEADDED", "SOURCEURL"]
)
MENTIONS = [
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID", "Actor1CharOffset",
    "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
]
POLECAT = [
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Actor COW",
    "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename",
    "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date",
    "Story People", "Story Organizations", "Story Locations", "Language", "Version",
]
TYPES = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT STATEMENT".split()
)
PLAN = "Rusya Dışişleri Bakanı Sergey Lavrov, 5 Aralık 2023'te Ankara'yı ziyaret edecek."


class Record:
    """The samples and a plan in a store, and the exports of it."""

    def __init__(self, binary, samples, folder):
        self.binary, self.folder = binary, Path(folder)
        (self.folder / "plan.txt").write_text(PLAN, encoding="utf-8")
        self.run("add", samples)
        self.run("add", "plan.txt", "--published", "2023-11-20", "--publisher", "=1+1 Gazete", "--url", "https://a.example/?x=1&y=2")
        self.events = {e["id"]: e for e in map(json.loads, self.run("events", "--format", "jsonl").splitlines())}

    def run(self, *args):
        done = subprocess.run([self.binary, *args], cwd=self.folder, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, f"{args}: {done.stderr}"
        return done.stdout

    def export(self, name):
        path = self.folder / f"out.{name}"
        self.run("export", "--format", name, "-o", path.name)
        return path


def plain(path, **more):
    return pandas.read_csv(path, dtype=str, keep_default_na=False, **more)


def tables(r):
    ours = pandas.read_csv(r.export("csv"))
    assert ours.shape == (len(r.events), 31) and list(ours["id"]) == list(r.events), ours.shape
    assert set(ours["type"]) <= TYPES and ours["confidence"].between(0, 1).all() and ours["goldstein"].between(-10, 10).all()
    assert pandas.api.types.is_integer_dtype(ours["reports"]) and pandas.to_datetime(ours["date_from"].dropna()).notna().all()
    excel = pandas.read_csv(r.export("csv-excel"), sep=";", decimal=",", encoding="utf-8-sig")
    assert list(excel["id"]) == list(ours["id"]) and (excel["confidence"] == ours["confidence"]).all()
    assert not plain(r.folder / "out.csv-excel", sep=";", encoding="utf-8-sig")["publishers"].str.match(r"[=+@-]").any(), "a cell is a formula"
    wide = pandas.read_csv(r.export("tsv-excel"), sep="\t", decimal=",", encoding="utf-16")
    assert list(wide["id"]) == list(ours["id"]) and list(wide.columns) == list(ours.columns)
    return f"pandas: {len(ours)} rows, {ours.shape[1]} columns, three times"


def parquet(r):
    table = pyarrow.parquet.read_table(r.export("parquet"))
    kinds = {f.name: str(f.type) for f in table.schema}
    frame = table.to_pandas()
    assert list(frame["id"]) == list(r.events) and table.num_columns == 31
    for name, kind in {"id": "string", "confidence": ("float", "double"), "goldstein": ("float", "double"), "reports": ("int", "uint")}.items():
        assert kinds[name].startswith(kind), f"{name} is {kinds[name]}"
    assert all(v == "date32[day]" or v == "string" for k, v in kinds.items() if k.startswith("date_") and k != "date_basis"), kinds
    return f"pyarrow: {table.num_rows} rows, {sorted(set(kinds.values()))}"


def gdelt(r):
    assert (len(GDELT), len(MENTIONS)) == (61, 16)
    frame = plain(r.export("gdelt"), sep="\t", header=None, quoting=csv.QUOTE_NONE)
    assert frame.shape[1] == 61, frame.shape
    frame.columns = GDELT
    assert frame["GLOBALEVENTID"].is_unique and frame["GLOBALEVENTID"].str.fullmatch(r"\d+").all()
    days = pandas.to_datetime(frame["SQLDATE"], format="%Y%m%d")
    assert (days.dt.strftime("%Y%m") == frame["MonthYear"]).all() and (days.dt.strftime("%Y") == frame["Year"]).all()
    assert ((frame["FractionDate"].astype(float) - frame["Year"].astype(float)).between(0, 1.03)).all()
    assert frame["QuadClass"].isin(list("1234")).all() and frame["GoldsteinScale"].replace("", "0").astype(float).between(-10, 10).all()
    pairs = zip(frame["EventCode"], frame["EventBaseCode"], frame["EventRootCode"])
    assert all(code.startswith(base[:2]) and base.startswith(root) and len(root) == 2 for code, base, root in pairs)
    assert frame["DATEADDED"].str.fullmatch(r"\d{14}").all() and frame["ActionGeo_CountryCode"].str.fullmatch(r"|[A-Z]{2}").all()
    assert frame["Actor1CountryCode"].str.fullmatch(r"|[A-Z]{3}").all()
    mentions = plain(r.export("gdelt-mentions"), sep="\t", header=None, quoting=csv.QUOTE_NONE)
    assert mentions.shape[1] == 16, mentions.shape
    mentions.columns = MENTIONS
    assert set(mentions["GLOBALEVENTID"]) == set(frame["GLOBALEVENTID"])
    told = mentions["GLOBALEVENTID"].value_counts().to_dict()
    assert told == dict(zip(frame["GLOBALEVENTID"], frame["NumMentions"].astype(int))), "mentions and their number"
    assert mentions["Confidence"].astype(int).between(0, 100).all() and (mentions["SentenceID"].astype(int) >= 1).all()
    assert (mentions["ActionCharOffset"].astype(int) < mentions["MentionDocLen"].astype(int)).all()
    assert mentions["MentionDocTranslationInfo"].isin(["", "srclc:tur;eng:none"]).all()
    return f"pandas: {frame.shape} events, {mentions.shape} mentions"


def polecat(r):
    frame = plain(r.export("polecat"), sep="\t", quoting=csv.QUOTE_NONE)
    assert list(frame.columns) == POLECAT and len(POLECAT) == 40
    assert frame["Event ID"].isin(r.events).all() and (frame != "").all(axis=None)
    assert set(frame["Event Type"]) <= TYPES and pandas.to_datetime(frame["Event Date"]).notna().all()
    quads = {"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"}
    assert set(frame["Quad Code"]) <= quads, set(frame["Quad Code"])
    return f"pandas: {frame.shape}"


def plover(r):
    lines = [json.loads(line) for line in r.export("jsonl").read_text(encoding="utf-8").splitlines()]
    assert [e["id"] for e in lines] == list(r.events)
    for e in lines:
        assert {"id", "date", "actor", "event", "recipient", "mode", "context", "text"} <= set(e) and isinstance(e["actor"], list), e
        assert len(e["event"]) == 1 and e["event"][0] in TYPES and all(a["entity_text"] for a in e["actor"]), e
        for report in e["x_reports"]:
            sentence, trigger = report["sentence"], report["trigger"]
            inside = sentence["text"][trigger["start"] - sentence["start"] : trigger["end"] - sentence["start"]]
            assert inside == trigger["text"], f"{inside!r} is not {trigger['text']!r}"
    return f"json: {len(lines)} events, every trigger stands in its sentence"


def places(r):
    found = geojson.loads(r.export("geojson").read_text(encoding="utf-8"))
    assert isinstance(found, geojson.FeatureCollection) and found.is_valid, found.errors()
    points = [f.geometry.coordinates for f in found.features if f.geometry]
    assert len(found.features) == len(r.events) and all(abs(x) <= 180 and abs(y) <= 90 for x, y in points)
    return f"geojson: {len(found.features)} features, {len(points)} with a point"


def network(r):
    graph = networkx.read_graphml(r.export("graphml"))
    assert graph.is_directed() and graph.number_of_edges() > 0
    assert all(data.get("name") for _, data in graph.nodes(data=True)), "a node has no name"
    assert all(d["type"] in TYPES and d["event"] in r.events and 1 <= d["quad"] <= 4 for *_, d in graph.edges(data=True))
    names = {data["name"] for _, data in graph.nodes(data=True)}
    parties = {p["name"] for e in r.events.values() for p in e["actor"] + e["recipient"]}
    assert names <= parties, names - parties
    return f"networkx: {graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges"


def linked(r):
    graph = rdflib.Graph().parse(r.export("jsonld"), format="json-ld")
    sem = rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    events = set(graph.subjects(rdflib.RDF.type, sem.Event))
    assert len(events) == len(r.events), len(events)
    actors = list(graph.objects(None, sem.hasActor))
    assert actors and list(graph.subjects(rdflib.RDF.type, prov.Entity))
    quoted = [str(o) for o in graph.objects(None, oa.exact)]
    assert quoted and all(quoted)
    return f"rdflib: {len(graph)} statements, {len(events)} events"


def planned(r):
    calendar = icalendar.Calendar.from_ical(r.export("ics").read_bytes())
    events = list(calendar.walk("VEVENT"))
    assert len(events) == 1 and calendar["VERSION"] == "2.0" and calendar["PRODID"]
    for e in events:
        assert e["UID"] and e["DTSTAMP"] and e.decoded("DTSTART") < e.decoded("DTEND") and e["SUMMARY"]
    assert str(events[0].decoded("DTSTART")) == "2023-12-05" and "ziyaret edecek" in events[0]["DESCRIPTION"]
    return f"icalendar: {len(events)} event"


def feeds(r):
    rss = feedparser.parse(r.export("rss").read_bytes())
    assert not rss.bozo and rss.version == "rss20" and rss.feed.title, rss.get("bozo_exception")
    newest = [e.id for e in rss.entries]
    assert len(newest) == min(100, len(r.events)) and set(newest) <= set(r.events)
    assert all(e.published_parsed and e.title and e.link.startswith(("https://", "http://")) for e in rss.entries if "link" in e)
    feed = json.loads(r.export("jsonfeed").read_text(encoding="utf-8"))
    assert feed["version"].startswith("https://jsonfeed.org/version/1") and feed["title"]
    assert [i["id"] for i in feed["items"]] == newest and all(i.get("content_text") for i in feed["items"])
    return f"feedparser: {len(newest)} entries"


READERS = {
    "csv, csv-excel, tsv-excel": tables,
    "parquet": parquet,
    "gdelt, gdelt-mentions": gdelt,
    "polecat": polecat,
    "jsonl": plover,
    "geojson": places,
    "graphml": network,
    "jsonld": linked,
    "ics": planned,
    "rss, jsonfeed": feeds,
}


def main():
    binary, samples = (str(Path(a).resolve()) for a in sys.argv[1:3])
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        record = Record(binary, samples, folder)
        for formats, read in READERS.items():
            try:
                print(f"  {formats:26} {read(record)}")
            except Exception as e:  # Whatever a reader stumbles over is what is looked for.
                wrong += 1
                print(f"! {formats:26} {type(e).__name__}: {e}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
