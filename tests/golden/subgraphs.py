"""Build the fictional subgraphs that pictures are tested with: two regions and their bridge, and crowds of any size."""

import random

from graph.model import Cut, Edge, Node, Subgraph, ordered

NAMES = ("Aldmark", "Île-de-Brume", "Województwo Łąckie", "Περιφέρεια Αιόλου", "Горска област", "Saint-Ælred-sur-Rhône-et-Moselle",
         "Country of the Seven Rivers and of the Great Northern Forest", "Őrség", "Çınarlı", "Free State of the Upper Marches")


def bridge() -> Subgraph:
    """Norland and Sudmark: two networks, an agreement with its signatories and sectors, one leader of Norland alone."""
    nodes = [Node("norland", "Region", {"name": "Norland", "name_it": "Norlandia"}), Node("sudmark", "Region", {"name": "Sudmark"}),
             Node("hydro", "Network", {"name": "Hydrogen Regions of the North", "acronym": "HRN", "founded": "2011"}),
             Node("alps", "Network", {"name": "Alpine Bridge"}),
             Node("accord", "Agreement", {"name": "Accord Norland – Sudmark", "date": "2024-05-06"}),
             Node("ada", "Leader", {"name": "Ada Brun"}), Node("bo", "Leader", {"name": "Bo Lind"}), Node("cy", "Leader", {"name": "Cy Voss"}),
             Node("steel", "Sector", {"name": "steel", "name_it": "acciaio"}), Node("wind", "Sector", {"name": "wind power"}),
             Node("src", "Source", {"title": "never drawn"})]
    ties = [("MEMBER_OF", "norland", "hydro", {"confirmed": "2024-03-01"}), ("MEMBER_OF", "sudmark", "hydro", {"confirmed": "2019-01-01"}),
            ("CHAIRS", "norland", "hydro", {"since": "2015-01-01", "until": "2016-12-31"}),
            ("MEMBER_OF", "norland", "alps", {"inferred": True, "confirmed": "2024-01-01"}),
            ("MEMBER_OF", "sudmark", "alps", {"confirmed": "2024-01-01"}),
            ("PARTY_TO", "norland", "accord", {}), ("PARTY_TO", "sudmark", "accord", {}),
            ("LEADS", "ada", "norland", {"office": "president", "confirmed": "2024-05-06"}), ("SIGNED", "ada", "accord", {}),
            ("LEADS", "bo", "sudmark", {"office": "governor", "confirmed": "2024-05-06"}), ("SIGNED", "bo", "accord", {}),
            ("SERVES_IN", "cy", "norland", {"office": "minister", "confirmed": "2024-02-01"}),
            ("COVERS", "accord", "steel", {}), ("COVERS", "accord", "wind", {}), ("PRIORITISES", "norland", "steel", {})]
    edges = [Edge(f"{kind}:{start}:{end}", kind, start, end, properties) for kind, start, end, properties in ties]
    return ordered(nodes, edges, Cut("nodes", 4))


def twinned() -> Subgraph:
    """The same with two towns of another layer, and what both layers know of one region."""
    base, layer = bridge(), {"layers": ("twinning",)}
    nodes = [Node("norland", "Region", {**base.node("norland").properties, "layers": ("diplomacy", "twinning")}),
             Node("place:q1", "Place", {"name": "Twinton", **layer}), Node("place:q2", "Place", {"name": "Brotherstead", **layer})]
    ties = [Edge(f"TWINNED_WITH:{start}:{end}", "TWINNED_WITH", start, end, layer)
            for start, end in (("norland", "place:q1"), ("sudmark", "place:q1"), ("sudmark", "place:q2"))]
    return ordered([*base.nodes, *nodes], [*base.edges, *ties], base.cut)


def crowd(count: int, seed: int = 7) -> Subgraph:
    """`count` regions and networks in clusters, with long and foreign names, some doubled ties and a few loners."""
    dice = random.Random(seed)
    nodes = [Node(f"n{at:03}", "Network" if at % 7 == 0 else "Agreement" if at % 11 == 3 else "Region",
                  {"name": f"{NAMES[at % len(NAMES)]} {at}"}) for at in range(count)]
    hubs = [node.id for node in nodes if node.kind == "Network"]
    edges = []
    for at, node in enumerate(nodes):
        if node.kind == "Region" and at % 23 != 22:
            first = hubs[at * len(hubs) // count]
            edges += [Edge(f"m{at}", "MEMBER_OF", node.id, first), Edge(f"c{at}", "CHAIRS", node.id, first)][: 2 if at % 9 == 0 else 1]
            edges.append(Edge(f"x{at}", "MEMBER_OF", node.id, dice.choice(hubs)))
        elif node.kind == "Agreement":
            edges.append(Edge(f"p{at}", "PARTY_TO", nodes[at - 1].id, node.id))
    return ordered(nodes, edges)
