#!/usr/bin/env python3
"""Writes the small valid files that fuzzing begins with. Needs numpy, PIL, onnx (Debian: python3-numpy, python3-pil, python3-onnx)."""
import io, json, os, pickle, struct, tarfile, zipfile
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(1)


def put(target, name, data):
    folder = os.path.join(here, target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())


def onnx_file():
    w = rng.standard_normal((2, 3, 3, 3)).astype(np.float32)
    fc = rng.standard_normal((32, 3)).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["x", "w"], ["c"], pads=[1, 1, 1, 1], kernel_shape=[3, 3]),
            helper.make_node("Relu", ["c"], ["r"]),
            helper.make_node("MaxPool", ["r"], ["p"], kernel_shape=[2, 2], strides=[2, 2]),
            helper.make_node("Shape", ["p"], ["s"]),
            helper.make_node("Flatten", ["p"], ["f"]),
            helper.make_node("MatMul", ["f", "fc"], ["z"]),
            helper.make_node("Softmax", ["z"], ["y"], axis=1),
        ],
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 3, 8, 8])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 3])],
        [numpy_helper.from_array(w, "w"), numpy_helper.from_array(fc, "fc")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]).SerializeToString()


def safetensors():
    data = np.arange(6, dtype=np.float32).tobytes()
    head = json.dumps({"w": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}, "b": {"dtype": "F16", "shape": [4], "data_offsets": [16, 24]}, "__metadata__": {"format": "pt"}}).encode()
    return struct.pack("<Q", len(head)) + head + data


def npy(a):
    stream = io.BytesIO()
    np.save(stream, a)
    return stream.getvalue()


def npz(deflate, **arrays):
    stream = io.BytesIO()
    (np.savez_compressed if deflate else np.savez)(stream, **arrays)
    return stream.getvalue()


def picture(size, form, mode="RGB", **how):
    channels = {"RGB": 3, "RGBA": 4, "L": 1, "I;16": 1}[mode]
    pixels = rng.integers(0, 256, (size[1], size[0], channels) if channels > 1 else (size[1], size[0]))
    image = Image.fromarray(pixels.astype(np.uint16 if mode == "I;16" else np.uint8), mode)
    stream = io.BytesIO()
    image.save(stream, form, **how)
    return stream.getvalue()


put("Onnx", "small.onnx", onnx_file())
put("Weights", "two.safetensors", safetensors())
put("Weights", "stored.npz", npz(False, w=np.ones((2, 3), np.float32), b=np.zeros(3)))
put("Weights", "deflated.npz", npz(True, w=np.ones((2, 3), np.float32), b=np.zeros(3, np.float16)))
put("Weights", "one.npy", npy(np.arange(12, dtype=">f8").reshape(3, 4)))
put("Codes", "codes.npy", npy(rng.standard_normal((4, 5)).astype(np.float32)))
put("Codes", "codes.npz", npz(False, codes=rng.standard_normal((4, 5)).astype(np.float32), path=np.array(list("abcd"))))
put("Codes", "codes.csv", "path,label,model,layer,x,y,width,height,0,1\na.png,cat,net,fc,,,,,1,2\n\"b,\"\"c\"\".png\",,net,fc,1,2,3,4,0.5,-1e-3\n")
put("Arrays", "float.npy", npy(rng.random((3, 5, 4)).astype(np.float32)))
put("Arrays", "bytes.npy", npy(rng.integers(0, 256, (5, 4, 3)).astype(np.uint8)))
put("Arrays", "fortran.npy", npy(np.asfortranarray(rng.random((5, 4)))))
put("Pictures", "rgb.png", picture((5, 4), "PNG"))
put("Pictures", "alpha.png", picture((5, 4), "PNG", "RGBA"))
put("Pictures", "gray16.png", picture((5, 4), "PNG", "I;16"))
put("Pictures", "rgb.jpg", picture((17, 9), "JPEG"))
put("Pictures", "rgb.webp", picture((5, 4), "WEBP"))
put("Pictures", "palette.gif", picture((5, 4), "GIF", "L"))
put("Pictures", "rgb.bmp", picture((5, 4), "BMP"))
put("Pictures", "deflated.tiff", picture((9, 7), "TIFF", compression="tiff_adobe_deflate"))
put("Pictures", "lzw.tiff", picture((9, 7), "TIFF", compression="tiff_lzw"))
put("Pictures", "packbits.tiff", picture((9, 7), "TIFF", "L", compression="packbits"))
put("Pictures", "gray16.tiff", picture((9, 7), "TIFF", "I;16"))
put("Pictures", "rgb.tga", picture((5, 4), "TGA"))
put("Pictures", "text.ppm", "P3\n2 2 255\n255 0 0 0 255 0\n0 0 255 9 9 9\n")
put("Pictures", "raw.pgm", b"P5\n3 2 65535\n" + bytes(range(12)))
put("Labels", "labels.csv", "file,label\na.png,cat\nb.png,\"dog, big\"\nc.png,\"two\nlines\"\n")
put("Boxes", "boxes.csv", "file;x;y;width;height;class\na.png;1;2;3;4;cat\na.png;0;0;1;1;dog\n")
put("ClassNames", "classes.txt", "cat\ndog\nking penguin\n")
put("ClassNames", "classes.json", json.dumps(["cat", "dog"]))
put("ClassNames", "synset.txt", "n01440764 tench, Tinca tinca\nn01443537 goldfish\n")

stream = io.BytesIO()
with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
    for name in ("cat/a.png", "d\u00f6g/" + "b" * 120 + ".png"):
        data = picture((3, 2), "PNG")
        entry = tarfile.TarInfo(name)
        entry.size = len(data)
        tar.addfile(entry, io.BytesIO(data))
put("Archives", "two.tar", stream.getvalue())
