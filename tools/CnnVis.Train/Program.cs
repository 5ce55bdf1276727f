using CnnVis.Engine.Models;
using CnnVis.Train;

// dotnet run --project tools/CnnVis.Train -- --data <folder with the tar files> --output <folder> [--epochs 24] [--seed n] [--precision bfloat16|float32] [--sitting epochs]
// Run again with the same folder it resumes. --sitting ends after so many more epochs (0: only writes the network).
// dotnet run --project tools/CnnVis.Train -- --package <folder of the NuGet package> --head <classifier.safetensors> --output <folder>
// Writes resnet224.onnx: the package's network with that classifier (tools/New-ResNet224.ps1 fits it).
const string name = "alexnet64";
var options = Enumerable.Range(0, args.Length / 2).ToDictionary(i => args[2 * i].TrimStart('-'), i => args[2 * i + 1]);
if (options.TryGetValue("package", out string? package) && options.TryGetValue("head", out string? head) && options.TryGetValue("output", out string? place))
{
    using FileStream composed = File.Create(Path.Combine(place, "resnet224.onnx"));
    new ResNet224File(package, head).Write(composed);
    return 0;
}
if (!options.TryGetValue("data", out string? data) || !options.TryGetValue("output", out string? output))
{
    Console.Error.WriteLine("usage: --data FOLDER --output FOLDER [--epochs N] [--seed N] [--precision bfloat16|float32] [--sitting EPOCHS]");
    return 2;
}
Directory.CreateDirectory(output);
var recipe = new Recipe();
if (options.TryGetValue("epochs", out string? epochs)) recipe = recipe with { Epochs = int.Parse(epochs) };
if (options.TryGetValue("seed", out string? seed)) recipe = recipe with { Seed = long.Parse(seed) };
if (options.TryGetValue("precision", out string? precision)) recipe = recipe with { HalfPrecision = precision != "float32" };
int sitting = options.TryGetValue("sitting", out string? limit) ? int.Parse(limit) : int.MaxValue;

string[][] classes = [.. File.ReadLines(Path.Combine(data, "classes.tsv")).Skip(1).Select(line => line.Split('\t'))];
var index = classes.ToDictionary(c => c[1], c => int.Parse(c[0]));
var training = ImageSet.FromTar(Directory.GetFiles(data, "train-*.tar").Order(StringComparer.Ordinal), index);
var validation = ImageSet.FromTar([Path.Combine(data, "val.tar")], index);
Console.WriteLine($"{training.Count} training and {validation.Count} validation images of {classes.Length} classes; {recipe}");

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
TrainingNetwork network = new Trainer(recipe, training, validation, classes.Length, output).Run(sitting, stop.Token);

string file = Path.Combine(output, $"{name}.onnx");
using (FileStream target = File.Create(file)) GraphExport.ToNetwork(network, name, [.. classes.Select(c => c[2])]).Save(target, CnnVis.ModelFormat.Onnx, halfPrecision: true);
// Measured on what was written, not on what was trained.
Network written = Network.Load(file);
var accuracy = Accuracy.Of(validation, pixels => written.Forward(pixels, [written.Graph.Output])[0]);
File.WriteAllText(Path.Combine(output, $"{name}.md"), ModelCard.Write(written, recipe, training, validation, accuracy));
Console.WriteLine($"{file}: {new FileInfo(file).Length / 1e6:F1} MB, {accuracy}");
return 0;
