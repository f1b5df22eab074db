"""Objects: made, loaded, read, saved and flushed (Part 3, clauses 12 and 28)."""
import templates
from step import Auth, Ref
from templates import (ADMIN, ENCRYPTED_DUPLICATION, FIXED, FIXED_PARENT, FIXED_TPM, NODA, ORIGIN, ST_CLEAR, USER, policy,
                       public_area)
from wire import (CODES, ENDORSEMENT, HASHES, KEYEDHASH, NULL, OWNER, PLATFORM, RH_NULL, SHA1, SHA256, SHA384, SHA512, SYMCIPHER, b2,
                  pcr_selection, u16, u32)

STORAGE = ("storage", "rsastorage", "symstorage")
ASYMMETRIC_STORAGE = ("storage", "rsastorage")
NOT_RSA = [kind for kind in templates.KINDS if not kind.startswith("rsa")]
HIERARCHIES = (OWNER, ENDORSEMENT, PLATFORM, RH_NULL)


def sensitive_data(g, kind, template):
    """The data of TPMS_SENSITIVE_CREATE: what is sealed, or a key."""
    if kind == "sealed":
        return g.data(1, 16, 32, 64, 127, 128) if g.chance(0.95) else g.data(0, 129, 130, 256)
    if template.type in (KEYEDHASH, SYMCIPHER) and g.chance(0.25):
        return g.random.randbytes(template.about.get("size", g.pick((16, 32, 64, 128)))) if g.chance(0.8) else g.data(8, 15, 16, 17, 24, 129)
    return b"" if g.chance(0.99) else g.data(1, 32)


def template(g, kinds=None):
    """(kind, sensitive, public, info), now and then with one attribute or number that does not fit."""
    kind, chosen = templates.choose(g, kinds)
    secret = sensitive_data(g, kind, chosen)
    chosen.attributes |= USER | g.pick((FIXED, 0) if g.chance(0.93) else (FIXED_PARENT, FIXED_TPM)) | g.pick((NODA, NODA, NODA, 0))
    if g.chance(0.15):
        chosen.attributes |= g.pick((ADMIN, ST_CLEAR, 0 if chosen.attributes & FIXED and g.chance(0.9) else ENCRYPTED_DUPLICATION))
    if not secret:
        chosen.attributes |= ORIGIN
    if g.chance(0.12):
        templates.unlike(g, chosen)
    name_algorithm = g.pick((SHA256, SHA256, SHA256, SHA1, SHA384, SHA512, NULL if g.chance(0.1) else SHA256))
    auth_policy, allows = policy(g, name_algorithm, chosen.attributes)
    auth = g.password()
    info = dict(chosen.about, kind=kind, auth=auth, allows=allows, hash=name_algorithm, attributes=chosen.attributes)
    public = public_area(chosen.type, name_algorithm, chosen.attributes, auth_policy, chosen.parameters, chosen.unique)
    return kind, b2(b2(auth) + b2(secret)), public, info


def creation_pcrs(g):
    return g.pick((u32(0), u32(0), pcr_selection((SHA256, 0x81)), pcr_selection((SHA1, 3), (SHA256, 0x10000)), pcr_selection((SHA256, 0)))
                  if g.chance(0.97) else (pcr_selection((SHA256, 1), (SHA256, 2)), u32(17), u32(1) + u16(SHA256) + b"\2\1\0",
                                          u32(1) + u16(SHA256) + b"\4\1\0\0\0", pcr_selection((0x12, 1)), pcr_selection((NULL, 1))))


def outside_info(g):
    return b2(g.data(0, 0, 8, 64) if g.chance(0.98) else g.data(65, 66, 67))


def create_primary(g, kinds=None):
    _, sensitive, public, info = template(g, kinds)
    hierarchy = g.pick((OWNER, OWNER, OWNER, ENDORSEMENT, PLATFORM, RH_NULL, 0x40000010 if g.chance(0.05) else OWNER))
    return g.step("CreatePrimary", (hierarchy,), 1, (sensitive, b2(public), outside_info(g), creation_pcrs(g)),
                  ("object", dict(info, hierarchy=hierarchy)))


def create(g):
    parent = g.object(*STORAGE)
    _, sensitive, public, info = template(g, NOT_RSA if g.chance(0.99) else None)
    return g.step("Create", (parent,), 1, (sensitive, b2(public), outside_info(g), creation_pcrs(g)), ("blob", info, parent))


def create_loaded(g):
    parent = g.object("derive") if g.chance(0.6) else g.pick((OWNER, ENDORSEMENT, PLATFORM, RH_NULL, g.object(*STORAGE, "derive")))
    derived = g.info(parent).get("kind") == "derive"
    kind, sensitive, public, info = template(g, NOT_RSA)
    if derived and g.chance(0.9):
        kind, chosen = templates.choose(g, [k for k in NOT_RSA if k != "sealed"])
        attributes = chosen.attributes | USER | NODA | g.pick((0, 0, FIXED_PARENT, FIXED, ORIGIN if g.chance(0.2) else 0))
        if g.chance(0.06):
            templates.unlike(g, chosen)
        label = b2(g.data(0, 4, 32)) + b2(g.data(0, 4, 32)) if g.chance(0.95) else b2(g.data(33)) + b2(g.data(4, 33))
        name_algorithm = g.pick((SHA256, SHA1, SHA384))
        auth_policy, allows = policy(g, name_algorithm, attributes)
        public = public_area(chosen.type, name_algorithm, attributes, auth_policy, chosen.parameters, label)
        info = dict(chosen.about, kind=kind, auth=info["auth"], allows=allows, hash=name_algorithm, attributes=attributes)
        if g.chance(0.97):
            sensitive = b2(b2(info["auth"]) + b2(g.pick((b"", b2(b"l") + b2(b"c"), b2(b"") + b2(b"context")))))
    # Primary and derived objects follow from their parent.
    primary = isinstance(parent, int) and parent >> 24 == 0x40
    return g.step("CreateLoaded", (parent,), 1, (sensitive, b2(public)), ("object", dict(info, parent=parent)), random=not primary and not derived)


def load(g):
    if not g.model.blobs:
        return None
    blob = g.pick(g.model.blobs)
    parent = blob["parent"] if g.chance(0.95) else g.object()
    if parent not in g.model.objects and parent not in g.model.persistent:
        g.unless_rare()
    # A blob that one TPM made is for both, where the parent is the same.
    side = g.side(parent)
    public, private = g.made_by(side, blob["public"]), g.made_by(side, blob["private"])
    others = [other["public"] for other in g.model.blobs if isinstance(other["public"], Ref) and isinstance(blob["public"], Ref)
              and other["public"].step != blob["public"].step]
    if others and g.chance(0.03):
        public = g.pick(others)
    info = dict(blob["info"], parent=parent, public=public)
    if "creation" in info:
        info["creation"] = tuple(g.made_by(side, part) for part in info["creation"])
    return g.step("Load", (parent,), 1, (private, public), ("object", info))


def read_public(g):
    return g.step("ReadPublic", (g.object() if g.chance(0.93) else g.sequence(),))


def flush(g):
    every = list(g.model.objects) + list(g.model.sequences) + (list(g.model.sessions) if g.chance(0.3) else [])
    handle = g.pick(every) if every and g.chance(0.95) else g.object()
    return flush_of(g, handle)


def flush_of(g, handle):
    return g.step("FlushContext", (), 0, (handle_part(handle),), ("gone", handle))


def handle_part(handle):
    return u32(handle) if isinstance(handle, int) else handle


def room(g, count=1, keep=()):
    """Flushes objects until there is room for more; `yield from` it."""
    while len(g.model.objects) + len(g.model.sequences) > 3 - count:
        handles = [handle for handle in list(g.model.objects) + list(g.model.sequences) if handle not in keep]
        parents = [handle for handle in handles if g.info(handle)["kind"] in STORAGE]
        if len(parents) == 1 and len(handles) > 1:
            handles = [handle for handle in handles if handle not in parents]
        if not handles or (yield flush_of(g, g.pick(handles))) is None:
            return


def context_save(g):
    group = g.pick(("object", "object", "session", "sequence"))
    items = getattr(g.model, group + "s")
    if not items:
        return None
    handle = g.pick(items)
    return g.step("ContextSave", (handle,), 0, (), ("context", handle, (group, items[handle])))


def context_load(g):
    if not g.model.contexts:
        return None
    number, reference, what = g.pick(g.model.contexts)
    return g.step("ContextLoad", (), 0, (Ref(number, "context"),), ("restored", reference, what))


def evict(g):
    hierarchy = g.pick((OWNER, OWNER, PLATFORM))
    persistent = 0x81000000 + g.pick((1, 2, 0x800000, 3)) if not g.chance(0.04) else g.pick((0x80000000, 0x82000000, 0x81FFFFFF))
    if g.model.persistent and g.chance(0.4):
        persistent = g.pick(g.model.persistent)
        return g.step("EvictControl", (hierarchy, persistent), 1, (u32(persistent),), ("gone", persistent))
    handle = g.object()
    if not isinstance(handle, Ref):
        return g.step("EvictControl", (hierarchy, handle), 1, (u32(persistent),), ("gone", handle))
    owned = g.info(handle).get("hierarchy")
    if owned and g.chance(0.8):
        hierarchy = PLATFORM if owned == PLATFORM else OWNER
        persistent = (0x81800001 if owned == PLATFORM else 0x81000000) + g.pick((1, 2, 3))
    return g.step("EvictControl", (hierarchy, handle), 1, (u32(persistent),), ("persist", persistent, g.info(handle)))


def change_auth(g):
    """Of an object whose parent is there."""
    every = {**g.model.objects, **g.model.persistent}
    fit = [handle for handle, info in every.items() if isinstance(info.get("parent"), Ref) and info["parent"] in every]
    if not fit:
        g.unless_rare()
    handle = g.pick(fit) if fit and g.chance(0.95) else g.object()
    info = g.info(handle)
    parent = info.get("parent") if g.chance(0.95) else None
    if parent is None:
        parent = g.object(*STORAGE)
    value = g.password() if g.chance(0.95) else g.data(20, 33, 48, 64, 65)
    if info.get("allows") == "ObjectChangeAuth" and info["hash"] in HASHES and g.chance(0.5):
        session = yield from allowed(g, info)
        if session is None:
            return
        first = g.step("ObjectChangeAuth", (handle, parent), 1, (b2(value),), blob_of(info, parent, value), auths=(Auth(session, b"", 0),))
    else:
        first = g.step("ObjectChangeAuth", (handle, parent), 1, (b2(value),), blob_of(info, parent, value), admin=True)
    if (yield first) is not None and g.chance(0.7):
        yield load(g)


def blob_of(info, parent, value):
    return ("blob", dict(info, auth=value), parent, info.get("public", b2()))


def allowed(g, info, command=None):
    """Starts a policy session and lets it allow what the object's policy does; the session, or None."""
    session = yield from session_of(g, 1, info["hash"])
    if session is None:
        return None
    done = yield g.step("PolicyCommandCode", (session,), 0, (u32(CODES[command or info["allows"]]),))
    return None if done is None else session


def session_of(g, kind, algorithm):
    """Starts a session, and flushes others that would be in the way; its handle, or None."""
    while len(g.model.sessions) > 2:
        if (yield flush_of(g, g.pick(g.model.sessions))) is None:
            return None
    about = dict(type=kind, sym=NULL, hash=algorithm, bound=None)
    started = yield g.step("StartAuthSession", (RH_NULL, RH_NULL), 0, (b2(bytes(16)), b2(), bytes([kind]), u16(NULL), u16(algorithm)),
                           ("session", about), (algorithm, bytes(16), None, u16(NULL)))
    return None if started is None else Ref(started, "handle")


def unseal(g):
    return g.step("Unseal", (g.object("sealed") if g.chance(0.9) else g.object(),), 1)


def unseal_new(g):
    """Data that was just sealed, under the parent that it is for or another."""
    parent = g.object(*STORAGE)
    _, sensitive, public, info = template(g, ["sealed"])
    yield from room(g, 1, (parent,))
    number = yield g.step("Create", (parent,), 1, (sensitive, b2(public), b2(), u32(0)), ("blob", info, parent))
    if number is None or (yield load(g)) is None:
        return
    for _ in range(g.pick((1, 2))):
        yield unseal(g)


def parent_when_none(g):
    every = {**g.model.objects, **g.model.persistent}
    if any(info["kind"] in STORAGE for info in every.values()):
        return None
    return create_primary(g, ["storage", "storage", "symstorage"])


def with_room(operation):
    """An operation that makes an object, mostly when there is room for it."""
    def run(g):
        if g.chance(0.95):
            yield from room(g)
        made = operation(g)
        if made is not None:
            yield made
    return run


OPERATIONS = [(10, with_room(create_primary)), (6, with_room(parent_when_none)), (8, with_room(create)), (7, with_room(create_loaded)), (14, with_room(load)),
              (3, read_public), (4, flush), (4, context_save), (6, with_room(context_load)), (3, evict), (5, change_auth)]
