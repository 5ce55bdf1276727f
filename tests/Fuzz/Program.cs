using CnnVis.Fuzz;
using SharpFuzz;

// CnnVis.Fuzz TARGET             under afl-fuzz or libfuzzer-dotnet, with CnnVis.Engine.dll instrumented by `sharpfuzz`
// CnnVis.Fuzz TARGET FILE...     replays files
// CnnVis.Fuzz TARGET -n COUNT    damages the corpus that many times, without a fuzzer
if (args is not [var name, .. var rest] || Target.All.FirstOrDefault(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } target)
{
    Console.Error.WriteLine($"Name a target: {string.Join(", ", Target.All.Select(t => t.Name))}.");
    return 2;
}
switch (rest)
{
    case [] when Environment.GetEnvironmentVariable("__AFL_SHM_ID") is not null:
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            target.Try(copy.ToArray());
        });
        return 0;
    case []:
        Fuzzer.LibFuzzer.Run(bytes => target.Try(bytes));
        return 0;
    case ["-n", var count]:
        int read = 0, total = int.Parse(count, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (damaged, extension) in Corpus.Damaged(target).Take(total))
        {
            File.WriteAllBytes($"{target.Name}.last", damaged); // what killed the process, if anything does
            if (target.Try(damaged, extension)) read++;
        }
        File.Delete($"{target.Name}.last");
        Console.WriteLine($"{total} files, {read} of them read, the rest refused.");
        return 0;
    default:
        foreach (string file in rest) Console.WriteLine($"{file}: {(target.Try(File.ReadAllBytes(file), Path.GetExtension(file)) ? "read" : "refused")}");
        return 0;
}
