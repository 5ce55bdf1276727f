"""Plain PyTorch and scikit-learn beside CnnVis: the same pictures, weights (an ONNX file of Export-CnnModel), threads and settings. Compare-Peers.ps1 runs it.

python3 peers.py pictures FOLDER PHOTOS...   makes the pictures, at the network's size, and the points of t-SNE
python3 peers.py measure FOLDER THREADS      runs everything, compares with what CnnVis left in FOLDER, prints a line of JSON a task
"""
import json, pathlib, sys, time
import numpy as np

SIDE, PICTURES, POINTS, DIMENSION = 224, 8, 5000, 50
EPSILON, STEPS, WINDOW, STRIDE, BATCH = 8 / 255, 10, 32, 16, 16


def make(folder, photos):
    """Each photo's middle square and its mirror; points around forty centres."""
    from PIL import Image, ImageOps
    for i in range(PICTURES):
        image = ImageOps.fit(Image.open(photos[i // 2 % len(photos)]).convert("RGB"), (SIDE, SIDE), Image.BICUBIC)
        # Values as they are: CnnVis would obey a colour profile.
        (ImageOps.mirror(image) if i % 2 else image).save(folder / f"{i}.png", icc_profile=None)
    random = np.random.default_rng(1)
    centres = 3 * random.standard_normal((40, DIMENSION))
    np.save(folder / "points.npy", (centres[np.arange(POINTS) % 40] + random.standard_normal((POINTS, DIMENSION))).astype(np.float32))


def load(path):
    """A function from pictures to all values of the network, by name, as somebody would call PyTorch for it; convolution, normalisation, and so on."""
    import onnx, torch
    import torch.nn.functional as F
    from onnx import numpy_helper
    graph = onnx.load(path).graph
    weights = {w.name: torch.from_numpy(numpy_helper.to_array(w).copy()) for w in graph.initializer}
    nodes = [(n.op_type, list(n.input), n.output[0], {a.name: onnx.helper.get_attribute_value(a) for a in n.attribute}) for n in graph.node]

    def run(pictures):
        values = {graph.input[0].name: pictures}
        for kind, names, output, a in nodes:
            x = [values[n] if n in values else weights[n] for n in names]
            pads = a.get("pads", [0, 0, 0, 0])
            if kind == "Conv": y = F.conv2d(x[0], x[1], x[2] if len(x) > 2 else None, a.get("strides", [1, 1]), pads[:2], a.get("dilations", [1, 1]), a.get("group", 1))
            elif kind == "BatchNormalization": y = F.batch_norm(x[0], x[3], x[4], x[1], x[2], False, 0, a.get("epsilon", 1e-5))
            elif kind == "Relu": y = F.relu(x[0])
            elif kind == "MaxPool": y = F.max_pool2d(x[0], a["kernel_shape"], a.get("strides"), pads[:2], 1, bool(a.get("ceil_mode", 0)))
            elif kind == "AveragePool": y = F.avg_pool2d(x[0], a["kernel_shape"], a.get("strides"), pads[:2])
            elif kind == "Flatten": y = x[0].flatten(1)
            elif kind == "Gemm": y = F.linear(x[0], x[1] if a.get("transB", 0) else x[1].t(), x[2])
            elif kind == "Softmax": y = x[0].softmax(1)
            elif kind in ("Add", "Sub", "Mul", "Div"): y = {"Add": torch.add, "Sub": torch.sub, "Mul": torch.mul, "Div": torch.div}[kind](x[0], x[1])
            else: raise SystemExit(f"{kind} of {output} is not known here.")
            values[output] = y
        return values

    pooled = next(n[1][0] for n in nodes if n[0] == "AveragePool")
    logits = next(n[1][0] for n in nodes if n[0] == "Softmax")
    return run, pooled, logits


def measure(folder, threads):
    import torch
    from PIL import Image
    torch.set_num_threads(threads)
    run, pooled, logits = load(str(folder / "network.onnx"))
    pictures = torch.stack([torch.from_numpy(np.asarray(Image.open(folder / f"{i}.png"), dtype=np.float32) / 255).permute(2, 0, 1) for i in range(PICTURES)])
    with torch.no_grad(): labels = run(pictures)[logits].argmax(1)

    def gradient():
        x = pictures.clone().requires_grad_(True)
        return torch.autograd.grad(run(x)[logits].amax(1).sum(), x)[0]

    def cam():
        x = pictures.clone().requires_grad_(True)
        values = run(x)
        g, = torch.autograd.grad(values[logits].amax(1).sum(), values[pooled])
        return (g.mean((2, 3), keepdim=True) * values[pooled]).sum(1, keepdim=True).relu().detach()

    places = [(y, x) for y in range(0, SIDE - WINDOW + 1, STRIDE) for x in range(0, SIDE - WINDOW + 1, STRIDE)]

    def occluded(y, x):
        picture = pictures[:1].clone()
        picture[:, :, y:y + WINDOW, x:x + WINDOW] = 0.5
        return picture

    def one_by_one():
        with torch.no_grad(): return torch.stack([run(occluded(y, x))[logits][0, labels[0]] for y, x in places])

    def in_batches():
        with torch.no_grad(): return torch.cat([run(torch.cat([occluded(y, x) for y, x in places[i:i + BATCH]]))[logits][:, labels[0]] for i in range(0, len(places), BATCH)])

    def attack(steps, length):
        with torch.no_grad(): run(pictures)  # the verdict before
        x = pictures
        for _ in range(steps):
            leaf = x.clone().requires_grad_(True)
            g, = torch.autograd.grad(torch.nn.functional.cross_entropy(run(leaf)[logits], labels, reduction="sum"), leaf)
            x = torch.min(torch.max(x + length * g.sign(), pictures - EPSILON), pictures + EPSILON).clamp(0, 1)
        with torch.no_grad(): run(x)  # and after
        return x

    def tsne():
        from sklearn.manifold import TSNE
        return TSNE(init="pca", learning_rate="auto", n_iter=750, n_jobs=threads, random_state=1).fit(np.load(folder / "points.npy")).kl_divergence_

    ours = json.loads((folder / "ours.json").read_text())
    theirs = lambda name: torch.from_numpy(np.fromfile(folder / f"{name}.bin", dtype=np.float32))
    relative = lambda a, b: float((a.flatten() - b.flatten()).abs().max() / b.abs().max())

    def middle(name, values):
        """Of a picture in the middle: single places differ where a ReLU's input is all but zero, or two of a pool's all but the same."""
        other = theirs(name).reshape(values.shape)
        return float(((other - values).flatten(1).norm(dim=1) / values.flatten(1).norm(dim=1)).median())

    tasks = [
        ("gradient", f"Gradient maps, {PICTURES} pictures", gradient, lambda y: f"differ by {middle('gradient', y):.0e} of their length, in the middle picture", 3),
        ("gradcam", f"Grad-CAM, {PICTURES} pictures", cam, lambda y: f"differ by {middle('gradcam', y):.0e} of their length, in the middle picture", 3),
        ("occlusion", f"Occlusion, window {WINDOW}, stride {STRIDE}, one picture: one by one", one_by_one, lambda y: f"logits differ by {relative(theirs('occlusion'), y):.0e} of the largest", 1),
        ("occlusion", f"the same: in batches of {BATCH}", in_batches, lambda y: f"logits differ by {relative(theirs('occlusion'), y):.0e} of the largest", 2),
        ("fgsm", f"FGSM, {PICTURES} pictures", lambda: attack(1, EPSILON), lambda y: f"{float((theirs('fgsm') - y.flatten()).abs().lt(1e-6).float().mean()):.2%} of the values the same", 3),
        ("bim", f"PGD from the picture (BIM), {STEPS} steps, all of them", lambda: attack(STEPS, 2.5 * EPSILON / STEPS), lambda y: f"fooled: ours {ours['bim']['fooled']}, theirs {int((run(y)[logits].argmax(1) != labels).sum())} of {PICTURES}", 2),
        ("tsne", f"t-SNE of {POINTS:,} points of {DIMENSION} numbers (scikit-learn's, Barnes-Hut)", tsne, lambda y: f"KL: ours {ours['tsne']['divergence']:.3f}, theirs {y:.3f}", 1),
    ]
    for name, what, action, numbers, rounds in tasks:
        if rounds > 1: result = action()
        seconds = []
        for _ in range(rounds):
            start = time.perf_counter()
            result = action()
            seconds.append(time.perf_counter() - start)
        print(json.dumps({"task": name, "what": what, "ours_s": ours[name]["seconds"], "peer_s": sorted(seconds)[len(seconds) // 2], "numbers": numbers(result), "torch": torch.__version__}), flush=True)


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[2])
    if sys.argv[1] == "pictures": make(folder, sys.argv[3:])
    else: measure(folder, int(sys.argv[3]))
