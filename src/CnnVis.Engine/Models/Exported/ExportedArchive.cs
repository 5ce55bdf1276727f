using System.Text.Json;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Models.Weights.Archives;
using CnnVis.Engine.Models.Weights.Files;
using CnnVis.Engine.Models.Weights.PyTorch;

namespace CnnVis.Engine.Models.Exported;

/// <summary>
/// The zip archive that <c>torch.export.save</c> writes. Since PyTorch 2.8: <c>name/models/model.json</c> is the program, <c>name/data/weights</c> and
/// <c>name/data/constants</c> hold tensors, told by a <c>…_config.json</c> each or, in 2.8, as one checkpoint. Before: <c>serialized_exported_program.json</c>,
/// <c>serialized_state_dict.pt</c> and <c>serialized_constants.pt</c>. Nothing in it is run.
/// </summary>
internal sealed class ExportedArchive : IDisposable
{
    private const string OldProgram = "serialized_exported_program.json", Models = "models/", Weights = "data/weights/", Constants = "data/constants/";

    /// <summary>More than any program's text has.</summary>
    private const int JsonLimit = 1 << 27;

    private readonly WeightSources _sources = new();
    private readonly WeightSource _source;
    private readonly WeightArchive _archive;
    private readonly string _root, _model;
    private readonly bool _old;

    /// <exception cref="CnnVisException">It holds no program, or several.</exception>
    public ExportedArchive(string path)
    {
        try
        {
            _source = _sources.Open(path);
            _archive = new WeightArchive(_source);
            string[] programs = [.. _archive.Entries.Keys.Where(IsProgram)];
            if (programs.Length == 0) throw WeightErrors.Unreadable("it holds no program of torch.export, only what was compiled from one; save the exported program itself: torch.export.save(torch.export.export(model, (example,)), path).");
            if (programs.Length > 1) throw WeightErrors.Unreadable($"it holds {programs.Length} programs ({string.Join(", ", programs.Take(8).Select(WeightErrors.Quote))}); save one of them alone.");
            Program = programs[0];
            _old = Program.EndsWith(OldProgram, StringComparison.Ordinal);
            _root = Program[..(_old ? Program.Length - OldProgram.Length : Program.LastIndexOf(Models, StringComparison.Ordinal))];
            _model = Path.GetFileNameWithoutExtension(Program);
        }
        catch
        {
            _sources.Dispose();
            throw;
        }
    }

    /// <summary>The entry that is the program.</summary>
    public string Program { get; }

    /// <summary>Whether an archive is one, whatever it holds beside.</summary>
    public static bool Recognises(WeightArchive archive) => archive.Entries.Keys.Any(k => IsProgram(k) || k.EndsWith("archive_format", StringComparison.Ordinal));

    /// <summary>Whether the file is one.</summary>
    public static bool Is(string path)
    {
        try
        {
            using var source = new WeightSource(path);
            return WeightArchive.Recognises(source.Read(0, Math.Min(4, source.Length))) && Recognises(new WeightArchive(source));
        }
        catch (Exception e) when (e is CnnVisException or IOException or UnauthorizedAccessException)
        {
            return false; // whoever reads it says what is wrong
        }
    }

    /// <summary>The program's text.</summary>
    public JsonDocument ReadProgram() => JsonDocument.Parse(_archive.Entries[Program].ReadAll(JsonLimit));

    /// <summary>Parameters, buffers and constants by their names in the program; nothing of them is read yet.</summary>
    /// <exception cref="CnnVisException">They are damaged, or of a kind that is not read.</exception>
    public WeightContent Tensors()
    {
        var all = new WeightContent(WeightFormat.PyTorch);
        if (_old)
        {
            Checkpoint("serialized_state_dict.pt", "serialized_state_dict.json");
            Checkpoint("serialized_constants.pt", "serialized_constants.json");
        }
        else
        {
            Payload(Weights, "weights", "model_param");
            Payload(Constants, "constants", "model_constants");
        }
        return all;

        void Payload(string folder, string kind, string olderKind)
        {
            if ((Entry($"{folder}{_model}_{kind}_config.json") ?? Entry($"{folder}{_model}_{olderKind}_config.json")) is not { } config)
            {
                Checkpoint($"{folder}{_model}.pt");
                return;
            }
            using var document = JsonDocument.Parse(config.ReadAll(JsonLimit));
            var numbers = new Dictionary<string, StoredNumbers>(StringComparer.Ordinal);
            foreach (JsonProperty item in document.RootElement.GetProperty("config").EnumerateObject())
            {
                string file = item.Value.GetProperty("path_name").GetString() ?? "";
                ArchiveEntry entry = Entry(folder + file) ?? throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(folder + file)} is missing; the file is damaged.");
                bool pickled = item.Value.TryGetProperty("use_pickle", out JsonElement pickle) && pickle.ValueKind == JsonValueKind.True;
                if (!item.Value.TryGetProperty("tensor_meta", out JsonElement stated) || stated.ValueKind != JsonValueKind.Object) continue; // an object of another kind; whoever needs it misses it
                if (pickled)
                {
                    WeightContent inner = Inner(entry);
                    all.Add(item.Name, inner.Tensors.Count == 1 ? inner.Tensors.Values.First() : throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(entry.Name)} holds no single tensor."));
                    continue;
                }
                var meta = TensorMeta.Of(stated);
                NumberType type = meta.Number(item.Name);
                if (!numbers.TryGetValue(file, out StoredNumbers? stored)) numbers.Add(file, stored = new StoredNumbers(entry, 0, type, entry.Length / type.Size()));
                if (stored.Type != type) throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(entry.Name)} is taken for numbers of two types.");
                all.Add(item.Name, new StoredTensor(stored, meta.Offset, meta.FixedSizes(item.Name), meta.Strides ?? StoredTensor.RowMajor(meta.FixedSizes(item.Name))));
            }
        }

        void Checkpoint(params string[] names)
        {
            if (names.Select(Entry).FirstOrDefault(e => e is not null) is not { Length: > 0 } entry) return;
            foreach (var (name, tensor) in Inner(entry).Tensors)
                if (!all.Tensors.ContainsKey(name)) all.Add(name, tensor);
        }
    }

    public void Dispose() => _sources.Dispose();

    private static bool IsProgram(string entry) => Ends(entry, OldProgram) || entry.EndsWith(".json", StringComparison.Ordinal) && Path.GetDirectoryName(entry) is { } folder && (folder == "models" || folder.EndsWith("/models", StringComparison.Ordinal));

    private static bool Ends(string entry, string name) => entry == name || entry.EndsWith("/" + name, StringComparison.Ordinal);

    private ArchiveEntry? Entry(string name) => _archive.Entries.GetValueOrDefault(_root + name);

    /// <summary>What a checkpoint in the archive holds, under its full names.</summary>
    private WeightContent Inner(ArchiveEntry entry)
    {
        if (entry.Range is not { } range) throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(entry.Name)} is compressed; pack the archive without compression, as torch.export.save does.");
        WeightSource inner = _sources.Open(_source.Path, range.Offset, range.Length);
        if (!WeightArchive.Recognises(inner.Read(0, Math.Min(4, inner.Length)))) throw WeightErrors.Unreadable($"its entry {WeightErrors.Quote(entry.Name)} is no checkpoint of PyTorch's.");
        return TorchArchiveReader.Read(inner, new WeightArchive(inner), whole: true);
    }
}
