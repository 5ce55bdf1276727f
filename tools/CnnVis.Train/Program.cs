using CnnVis.Train;
using static TorchSharp.torch;

// dotnet run --project tools/CnnVis.Train -- --data <folder with the tar files> --output <folder> [--epochs 18] [--seed n] [--precision bfloat16|float32]
var options = Enumerable.Range(0, args.Length / 2).ToDictionary(i => args[2 * i].TrimStart('-'), i => args[2 * i + 1]);
if (!options.TryGetValue("data", out string? data) || !options.TryGetValue("output", out string? output))
{
    Console.Error.WriteLine("usage: --data FOLDER --output FOLDER [--epochs N] [--seed N] [--precision bfloat16|float32]");
    return 2;
}
Directory.CreateDirectory(output);
var recipe = new Recipe();
if (options.TryGetValue("epochs", out string? epochs)) recipe = recipe with { Epochs = int.Parse(epochs) };
if (options.TryGetValue("seed", out string? seed)) recipe = recipe with { Seed = long.Parse(seed) };
if (options.TryGetValue("precision", out string? precision)) recipe = recipe with { HalfPrecision = precision != "float32" };

string[][] classes = [.. File.ReadLines(Path.Combine(data, "classes.tsv")).Skip(1).Select(line => line.Split('\t'))];
var index = classes.ToDictionary(c => c[1], c => int.Parse(c[0]));
var training = ImageSet.FromTar(Directory.GetFiles(data, "train-*.tar").Order(StringComparer.Ordinal), index);
var validation = ImageSet.FromTar([Path.Combine(data, "val.tar")], index);
Console.WriteLine($"{training.Count} training and {validation.Count} validation images of {classes.Length} classes; {recipe}");

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
manual_seed(recipe.Seed);
new Trainer(recipe, training, validation, classes.Length, output).Run(stop.Token);
return 0;
