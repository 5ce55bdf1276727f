using CnnVis.Engine.Models.Onnx;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Runtime;
using Google.Protobuf;
using static TorchSharp.torch;

namespace CnnVis.Engine.Models;

/// <summary>A mean for each channel and place, as Caffe's networks subtract: in the network's order of channels and range of values.</summary>
/// <param name="Values">[channels, rows, columns].</param>
/// <param name="Channels">Channels.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public sealed record MeanImage(float[] Values, int Channels, int Height, int Width)
{
    /// <summary>No mean image is larger than a picture.</summary>
    private const long MostBytes = 1L << 30;

    /// <summary>Reads a NumPy array (.npy), Caffe's .binaryproto, or an ONNX tensor (.pb): [channels, rows, columns], also behind a dimension of 1.</summary>
    /// <exception cref="CnnVisException">The file is not there (PathNotFound), or holds no such array (InvalidArgument).</exception>
    public static MeanImage Read(string path)
    {
        if (!File.Exists(path)) throw new CnnVisException(ErrorIds.PathNotFound, $"There is no file '{path}'.", path);
        try
        {
            PlainFile.Ensure(path);
            if (new FileInfo(path).Length > MostBytes) throw Wrong(path, "it is too large");
            var (shape, values) = Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".npy" => NumberArray.Read(path),
                ".binaryproto" => Blob(File.ReadAllBytes(path)),
                ".pb" => OnnxTensor(File.ReadAllBytes(path)),
                _ => throw Wrong(path, "mean images are .npy, .binaryproto or .pb files"),
            };
            if (shape is [1, _, _, _]) shape = shape[1..];
            if (shape is not [> 0, > 0, > 0] || shape.Aggregate(1.0, (a, b) => a * b) != values.Length) throw Wrong(path, $"its shape is [{string.Join(", ", shape)}]; a mean image is [channels, rows, columns]");
            if (!values.All(double.IsFinite)) throw Wrong(path, "it holds values that are not numbers");
            return new MeanImage([.. values.Select(v => (float)v)], (int)shape[0], (int)shape[1], (int)shape[2]);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, e.Message, e);
        }
    }

    /// <summary>What of it the network sees: its middle, where it is larger than the input, as pictures of its size are cropped.</summary>
    /// <exception cref="CnnVisException">It has other channels, or is smaller than the input.</exception>
    public float[] For(CnnInput input)
    {
        if (Channels != input.Channels || Height < input.Height || Width < input.Width)
            throw new CnnVisException(ErrorIds.InvalidArgument, $"The mean image is [{Channels}, {Height}, {Width}], and the network's input [{input.Channels}, {input.Height}, {input.Width}]: it needs as many channels, and at least as many rows and columns.", this);
        int top = (Height - input.Height) / 2, left = (Width - input.Width) / 2;
        float[] seen = new float[input.Length];
        for (int c = 0; c < Channels; c++)
            for (int y = 0; y < input.Height; y++)
                Values.AsSpan((c * Height + top + y) * Width + left, input.Width).CopyTo(seen.AsSpan((c * input.Height + y) * input.Width));
        return seen;
    }

    /// <summary>Caffe's BlobProto: num 1, channels 2, height 3, width 4, data 5, shape 7, double_data 8.</summary>
    private static (long[] Shape, double[] Values) Blob(byte[] bytes)
    {
        var input = new CodedInputStream(bytes);
        long[] old = [1, 1, 1, 1];
        long[]? shape = null;
        var values = new List<double>();
        while (input.ReadTag() is not 0 and var tag)
        {
            int field = WireFormat.GetTagFieldNumber(tag);
            bool packed = WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited;
            if (field is >= 1 and <= 4) old[field - 1] = input.ReadInt32();
            else if (field == 5) Read(packed, () => values.Add(input.ReadFloat()));
            else if (field == 8) Read(packed, () => values.Add(input.ReadDouble()));
            else if (field == 7 && packed) shape = Extents(input.ReadBytes().ToByteArray());
            else input.SkipLastField();
        }
        return (shape ?? old, [.. values]);

        void Read(bool packed, Action one)
        {
            if (!packed)
            {
                one();
                return;
            }
            long end = input.ReadLength() + input.Position;
            while (input.Position < end) one();
        }
    }

    private static long[] Extents(byte[] message)
    {
        var input = new CodedInputStream(message);
        var extents = new List<long>();
        while (input.ReadTag() is not 0 and var tag)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint) extents.Add(input.ReadInt64());
            else
                for (long end = input.ReadLength() + input.Position; input.Position < end;) extents.Add(input.ReadInt64());
        }
        return [.. extents];
    }

    private static (long[] Shape, double[] Values) OnnxTensor(byte[] bytes)
    {
        using var scope = NewDisposeScope();
        using Tensor tensor = OnnxTensors.Read(TensorProto.Parser.ParseFrom(bytes));
        return (tensor.shape, [.. tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray()]);
    }

    private static CnnVisException Wrong(string path, string reason, Exception? inner = null) => new(ErrorIds.InvalidArgument, $"'{path}' is no mean image: {reason.TrimEnd('.')}.", path, inner);
}
