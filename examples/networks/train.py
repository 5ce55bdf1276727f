"""Trains the small networks of the lessons, a checkpoint each few epochs, and exports them.

    python3 train.py tiny-imagenet-100

tiny-imagenet-100 holds train-*.tar and classes.tsv. Ten classes, 32 x 32 pixels, 11,970 parameters; two runs that differ in nothing but the learning rate. The last checkpoint of the healthy run is also written with 8-bit weights and
activations. Needs PyTorch, onnx and Pillow.
"""
import io
import pathlib
import sys
import tarfile

import numpy
import onnx
import onnx.checker
import onnx.helper
import onnx.numpy_helper
import torch
from PIL import Image
from torch import nn

NAMES = ["goldfish", "Egyptian cat", "lemon", "espresso", "monarch butterfly", "school bus", "king penguin", "jellyfish", "pizza", "lighthouse"]
RUNS = {"healthy": (0.02, [0, 1, 4, 16]), "sick": (0.25, [1, 4, 16])}


class Small(nn.Module):
    """Three convolutions and a linear classifier. Pictures in [0, 1] go in, logits come out."""

    def __init__(self, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 5, padding=2)
        self.conv2 = nn.Conv2d(16, 24, 3, padding=1)
        self.conv3 = nn.Conv2d(24, 32, 3, padding=1)
        self.fc = nn.Linear(32, classes)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):  # [N, 3, 32, 32]
        x = (x - 0.45) / 0.25
        x = self.pool(torch.relu(self.conv1(x)))  # [N, 16, 16, 16]
        x = self.pool(torch.relu(self.conv2(x)))  # [N, 24, 8, 8]
        x = torch.relu(self.conv3(x))  # [N, 32, 8, 8]
        return self.fc(x.mean((2, 3)))


def load(folder):
    """Pictures [N, 3, 32, 32] in [0, 1] and classes [N]; the last tenth of each class is for validation."""
    wnids = {}
    for line in (folder / "classes.tsv").read_text().splitlines()[1:]:
        _, wnid, name = line.split("\t")
        if name in NAMES:
            wnids[wnid] = NAMES.index(name)
    assert len(wnids) == len(NAMES), sorted(set(NAMES))
    pictures = {label: [] for label in wnids.values()}
    for tar in sorted(folder.glob("train*.tar")):
        with tarfile.open(tar) as file:
            for member in file:
                label = wnids.get(pathlib.PurePath(member.name).name.split("_")[0])
                if member.isfile() and label is not None:
                    picture = Image.open(io.BytesIO(file.extractfile(member).read())).convert("RGB").resize((32, 32), Image.BOX)
                    pictures[label].append(numpy.asarray(picture, numpy.float32).transpose(2, 0, 1) / 255)
    parts = []
    for is_validation in (False, True):
        chosen = [(p, label) for label, all_of in pictures.items() for p in (all_of[-len(all_of) // 10:] if is_validation else all_of[:-len(all_of) // 10])]
        parts.append((torch.tensor(numpy.stack([p for p, _ in chosen])), torch.tensor([label for _, label in chosen])))
    return parts


def quantize(model, pictures, path, output):
    """Writes an ONNX file with QuantizeLinear and DequantizeLinear before each convolution and product, as quantisers do (QDQ form).

    Weights are int8, symmetric; activations uint8, over the range that they have for the pictures. One scale a tensor.
    """
    layers = [m for m in model.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    ranges = {}
    hooks = [m.register_forward_pre_hook(lambda m, inputs: ranges.__setitem__(m, (min(0.0, inputs[0].min().item()), inputs[0].max().item()))) for m in layers]
    with torch.no_grad():
        model(pictures)
    for hook in hooks:
        hook.remove()
    file = onnx.load(path)
    graph = file.graph
    initializers = {i.name: i for i in graph.initializer}
    nodes, added = [], []

    def constant(name, value):
        added.append(onnx.numpy_helper.from_array(numpy.asarray(value), name))
        return name

    for node in graph.node:
        if node.op_type in ("Conv", "Gemm"):
            low, high = ranges[layers.pop(0)]
            scale = (high - low) / 255
            of = [constant(f"{node.name}/input_scale", numpy.float32(scale)), constant(f"{node.name}/input_zero", numpy.uint8(round(-low / scale)))]
            nodes.append(onnx.helper.make_node("QuantizeLinear", [node.input[0], *of], [f"{node.name}/input_q"], f"{node.name}/QuantizeLinear"))
            nodes.append(onnx.helper.make_node("DequantizeLinear", [f"{node.name}/input_q", *of], [f"{node.name}/input_dq"], f"{node.name}/DequantizeLinear"))
            weight = onnx.numpy_helper.to_array(initializers[node.input[1]])
            scale = numpy.abs(weight).max() / 127
            whole = constant(f"{node.input[1]}_q", numpy.rint(weight / scale).astype(numpy.int8))
            of = [constant(f"{node.input[1]}_scale", numpy.float32(scale)), constant(f"{node.input[1]}_zero", numpy.int8(0))]
            nodes.append(onnx.helper.make_node("DequantizeLinear", [whole, *of], [f"{node.input[1]}_dq"], f"{node.name}/Weight"))
            graph.initializer.remove(initializers[node.input[1]])
            node.input[0], node.input[1] = f"{node.name}/input_dq", f"{node.input[1]}_dq"
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend(added)
    onnx.checker.check_model(file)
    onnx.save(file, output)


def main(folder, output):
    (x, y), (held_x, held_y) = load(folder)
    print(len(x), "pictures,", len(held_x), "held out")
    for run, (rate, kept) in RUNS.items():
        torch.manual_seed(1)
        model = Small(len(NAMES))
        optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9, weight_decay=5e-4)
        for epoch in range(max(kept) + 1):
            with torch.no_grad():
                right = (model(held_x).argmax(1) == held_y).float().mean().item()
            if epoch in kept:
                print(f"{run}, after {epoch} epochs: {right:.3f}")
                # The line that exports. Input and output are named, and the batch stays free.
                torch.onnx.export(model.eval(), torch.rand(1, 3, 32, 32), output / f"{run}-{epoch:02d}.onnx", input_names=["image"], output_names=["logits"], dynamic_axes={"image": {0: "batch"}})
                model.train()
                if run == "healthy" and epoch == max(kept):
                    quantize(model, x[::20], output / f"{run}-{epoch:02d}.onnx", output / "int8.onnx")
            for rows in torch.randperm(len(x)).split(64):
                batch = x[rows]
                if torch.rand(1).item() < 0.5:
                    batch = batch.flip(3)
                optimizer.zero_grad()
                loss = nn.functional.cross_entropy(model(batch), y[rows])
                loss.backward()
                optimizer.step()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent)
