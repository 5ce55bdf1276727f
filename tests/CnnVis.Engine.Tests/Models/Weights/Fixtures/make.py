"""Makes the fixtures beside it, with Python's own pickle and zipfile: no PyTorch is needed. Run it with no arguments.

Stand-ins for torch's classes are pickled under torch's names exactly as torch.save does it (Pickler of protocol 2, storages by persistent id).
"""
import argparse
import io
import os
import pickle
import struct
import sys
import types
import zipfile
from collections import OrderedDict, defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
CODES = {"FloatStorage": "f", "DoubleStorage": "d", "HalfStorage": "e", "BFloat16Storage": "H", "LongStorage": "q", "IntStorage": "i", "ByteStorage": "B", "BoolStorage": "?"}


def module(name, **members):
    made = types.ModuleType(name)
    for key, value in members.items():
        value.__module__, value.__name__, value.__qualname__ = name, key, key
        setattr(made, key, value)
    sys.modules[name] = made
    return made


def rebuild_tensor(*_):
    raise NotImplementedError


def rebuild_parameter(*_):
    raise NotImplementedError


module("torch", **{name: type(name, (), {}) for name in CODES})
module("torch._utils", _rebuild_tensor_v2=rebuild_tensor, _rebuild_parameter=rebuild_parameter)


class Storage:
    def __init__(self, kind, values):
        self.kind, self.values = kind, list(values)

    def bytes(self, order="<"):
        return struct.pack(f"{order}{len(self.values)}{CODES[self.kind]}", *self.values)


class Tensor:
    def __init__(self, storage, size, stride=None, offset=0):
        if stride is None:
            stride = []
            for extent in reversed(size):
                stride.insert(0, stride[0] * last if stride else 1)
                last = extent
        self.args = (storage, offset, tuple(size), tuple(stride), False, OrderedDict())

    def __reduce_ex__(self, protocol):
        return sys.modules["torch._utils"]._rebuild_tensor_v2, self.args


class Parameter:
    def __init__(self, tensor):
        self.tensor = tensor

    def __reduce_ex__(self, protocol):
        return sys.modules["torch._utils"]._rebuild_parameter, (self.tensor, True, OrderedDict())


def floats(n, *size, kind="FloatStorage"):
    return Tensor(Storage(kind, [i / 2 for i in range(n)]), size or (n,))


class Pickler(pickle.Pickler):
    def __init__(self, stream, legacy, protocol=2):
        super().__init__(stream, protocol)
        self.legacy, self.storages = legacy, {}

    def persistent_id(self, obj):
        if not isinstance(obj, Storage):
            return None
        key = self.storages.setdefault(id(obj), (str(len(self.storages) if not self.legacy else 94000000 + len(self.storages)), obj))[0]
        identity = ("storage", getattr(sys.modules["torch"], obj.kind), key, "cpu", len(obj.values))
        return identity + (None,) if self.legacy else identity


def save(name, obj, order="little", compression=zipfile.ZIP_STORED, protocol=2):
    stream = io.BytesIO()
    pickler = Pickler(stream, legacy=False, protocol=protocol)
    pickler.dump(obj)
    folder = os.path.splitext(name)[0]
    with zipfile.ZipFile(os.path.join(HERE, name), "w", compression) as archive:
        def add(path, data):
            info = zipfile.ZipInfo(f"{folder}/{path}", (1980, 1, 1, 0, 0, 0))
            info.compress_type = compression
            start = archive.fp.tell() + 30 + len(info.filename) + 4
            pad = -start % 64
            info.extra = struct.pack("<HH", 0x4246, pad) + b"Z" * pad
            archive.writestr(info, data)
        add("data.pkl", stream.getvalue())
        add("byteorder", order)
        for key, storage in pickler.storages.values():
            add(f"data/{key}", storage.bytes("<" if order == "little" else ">"))
        add("version", "3\n")
        add(".data/serialization_id", "0" * 40)


def save_legacy(name, obj):
    with open(os.path.join(HERE, name), "wb") as stream:
        pickle.dump(0x1950A86A20F9469CFC6C, stream, 2)
        pickle.dump(1001, stream, 2)
        pickle.dump(dict(protocol_version=1001, little_endian=True, type_sizes=dict(short=2, int=4, long=4)), stream, 2)
        pickler = Pickler(stream, legacy=True)
        pickler.dump(obj)
        keys = sorted(key for key, _ in pickler.storages.values())
        pickle.dump(keys, stream, 2)
        for key in keys:
            storage = next(s for k, s in pickler.storages.values() if k == key)
            stream.write(struct.pack("<q", len(storage.values)) + storage.bytes())


class Attack:
    def __reduce__(self):
        return os.system, ("touch /tmp/owned",)


def state_dict(prefix=""):
    state = OrderedDict((prefix + name, tensor) for name, tensor in [("conv.weight", floats(36, 2, 2, 3, 3)), ("conv.bias", floats(2)), ("bn.num_batches_tracked", Tensor(Storage("LongStorage", [7]), ()))])
    state._metadata = OrderedDict([("", {"version": 1}), ("conv", {"version": 1})])
    return state


def zoo():
    shared = Storage("FloatStorage", range(12))
    return OrderedDict(
        whole=Tensor(shared, (3, 4)), tied=Tensor(shared, (3, 4)), transposed=Tensor(shared, (4, 3), (1, 4)), slice=Tensor(shared, (2, 2), (4, 1), 5), expanded=Tensor(shared, (2, 3), (0, 1), 1),
        scalar=Tensor(Storage("FloatStorage", [2.5]), ()), empty=Tensor(Storage("FloatStorage", []), (0, 4)), parameter=Parameter(floats(2)),
        half=floats(3, kind="HalfStorage"), double=floats(3, kind="DoubleStorage"), bfloat=Tensor(Storage("BFloat16Storage", [0x3FC0, 0xC000]), (2,)),
        int=Tensor(Storage("IntStorage", [-1, 2]), (2,)), byte=Tensor(Storage("ByteStorage", [255]), (1,)), bool=Tensor(Storage("BoolStorage", [True, False]), (2,)))


checkpoint = {
    "epoch": 5, "arch": "resnet18", "best_acc1": floats(1), "state_dict": state_dict("module."), "args": argparse.Namespace(lr=0.1, data="/imagenet"),
    "optimizer": {"state": {0: {"momentum_buffer": floats(36, 2, 2, 3, 3)}}, "param_groups": [{"lr": 0.1, "params": [0, 1]}]},
    "log": defaultdict(list, loss=[1.5, 0.5]), "betas": (0.9, 0.999), "seen": {3, 4}, "big": 1 << 100, "none": None, "nested": {("a", 1): True},
}
save("checkpoint.pth", checkpoint)
save("zoo.pth", zoo())
save("bigendian.pth", zoo(), order="big")
save("deflated.pth", state_dict(), compression=zipfile.ZIP_DEFLATED)
save("protocol4.pth", checkpoint, protocol=4)
save_legacy("legacy.pth", checkpoint)
save("attack.pth", {"state_dict": state_dict(), "x": Attack()})
save_legacy("attack_legacy.pth", Attack())
for protocol in range(6):
    with open(os.path.join(HERE, f"attack_{protocol}.pkl"), "wb") as file:
        pickle.dump([1, Attack()], file, protocol)
