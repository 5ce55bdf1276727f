using System.Text.Json;
using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Models.Weights.Files;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models.Exported;

/// <summary>Reads programs of torch.export (<c>.pt2</c>) as ONNX models. Nothing in a file is run; sizes are checked before memory is taken.</summary>
internal static class ExportedReader
{
    /// <summary>The network with its parameters, which the model's initialisers hold.</summary>
    /// <exception cref="CnnVisException">It is damaged (ModelUnreadable), or calls what is not supported (OperatorNotSupported).</exception>
    public static ModelProto Read(string path) => Open(path, (archive, program) =>
    {
        var (model, names) = AtenGraph.Translate(program);
        WeightContent content = archive.Tensors();
        var wanted = new OrderedDictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (string name in names.Distinct(StringComparer.Ordinal)) wanted.Add(name, content.Tensors.GetValueOrDefault(name) ?? throw WeightErrors.Unreadable($"it lacks the tensor {WeightErrors.Quote(name)}, which its program takes."));
        Dictionary<string, Tensor> tensors = StorageLoader.Load(wanted, CancellationToken.None).ToDictionary(t => t.Name, t => t.Tensor, StringComparer.Ordinal);
        try
        {
            for (int i = 0; i < names.Count; i++)
            {
                TensorProto parameter = model.Graph.Initializer[i];
                Tensor tensor = tensors[names[i]];
                if (!tensor.shape.SequenceEqual(parameter.Dims)) throw WeightErrors.Unreadable($"its tensor {WeightErrors.Quote(names[i])} is {WeightErrors.Shape(tensor.shape)}, and its program takes {WeightErrors.Shape([.. parameter.Dims])}.");
                using var scope = NewDisposeScope();
                Tensor dense = tensor.contiguous();
                parameter.Loaded = (ReferenceEquals(dense, tensor) ? dense.alias() : dense).DetachFromDisposeScope();
            }
            return model;
        }
        catch
        {
            foreach (TensorProto parameter in model.Graph.Initializer) parameter.Loaded?.Dispose();
            throw;
        }
        finally
        {
            foreach (Tensor tensor in tensors.Values) tensor.Dispose();
        }
    });

    /// <summary>The network without its parameters' numbers.</summary>
    /// <exception cref="CnnVisException">As <see cref="Read"/>.</exception>
    public static ModelProto ReadStructure(string path) => Open(path, (_, program) => AtenGraph.Translate(program).Model);

    private static T Open<T>(string path, Func<ExportedArchive, ExportedProgram, T> read)
    {
        try
        {
            using var archive = new ExportedArchive(path);
            using JsonDocument program = archive.ReadProgram();
            return read(archive, new ExportedProgram(program.RootElement));
        }
        catch (CnnVisException e) when (e.ErrorId == ErrorIds.WeightsUnreadable)
        {
            throw new CnnVisException(ErrorIds.ModelUnreadable, e.Message, path, e);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or OverflowException or InvalidOperationException and not ObjectDisposedException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"it is damaged ({e.Message.Split('\n')[0]}).", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or OutOfMemoryException)
        {
            throw new CnnVisException(ErrorIds.ModelUnreadable, $"it cannot be read: {e.Message.Split('\n')[0]}", path, e);
        }
    }
}
