using System.Diagnostics;
using CnnVis.Engine.Images;
using CnnVis.Engine.Models;
using CnnVis.Engine.Models.Metadata;
using CnnVis.Engine.Models.Weights;
using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Tests.Runtime;

/// <summary>Named pipes and devices are no files, whatever a user names them as; none of these calls may wait.</summary>
public sealed class PlainFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("a.png"), InlineData("a.npy"), InlineData("a.tar"), InlineData("a.onnx"), InlineData("a.pth"), InlineData("a.txt"), InlineData("a.binaryproto")]
    public async Task APipeIsRefusedAtOnce(string name)
    {
        string pipe = Pipe(name);
        var error = await Task.Run(() => Record.Exception(() => Open(pipe))).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("named pipe", Assert.IsType<CnnVisException>(error).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task AFolderWithAPipeGoesOn()
    {
        Pipe("b.png");
        _folder.Add("c.png", CnnVis.Engine.Tests.Images.Pictures.Png(CnnVis.Engine.Tests.Images.Pictures.Noise(8, 8)));
        using var loader = new ImageLoader(new CnnInput(3, 8, 8, ResizeMode.Crop, 8), 2, 1, DecodeOptions.Default, CancellationToken.None);
        foreach (ImageSource source in ImageSources.In(_folder.Path, false, _ => { })) loader.Add(source);
        var images = await Task.Run(() => loader.Take(2)).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([ErrorIds.ImageUnreadable, null], images.Select(i => i.Error?.ErrorId));
    }

    [SkippableFact]
    public void ADeviceIsNoFileAndALinkToAFileIsOne()
    {
        Skip.If(OperatingSystem.IsWindows(), "There are no devices in folders on Windows.");
        Assert.Contains("device", Assert.Throws<IOException>(() => PlainFile.Ensure("/dev/zero")).Message);
        string file = _folder.Add("x", [1]);
        File.CreateSymbolicLink(_folder["link"], file);
        PlainFile.Ensure(_folder["link"]);
        PlainFile.Ensure(_folder["not there"]);
        PlainFile.Ensure(_folder.Path);
    }

    [Fact]
    public void WhatHasJustGotItsNameIsRead()
    {
        // A writer gives a file its name and holds it a moment longer; one that holds it for good is told.
        string path = _folder.Add("checkpoint", [1, 2]);
        using (var held = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None))
        {
            Assert.Throws<IOException>(() => PlainFile.OpenRead(path).Dispose());
            Assert.Throws<IOException>(() => PlainFile.OpenHandle(path).Dispose());
        }
        for (int i = 0; i < 20; i++)
        {
            using var opening = new Barrier(2);
            var writer = new Thread(() =>
            {
                using var held = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
                opening.SignalAndWait();
            });
            writer.Start();
            opening.SignalAndWait();
            using FileStream read = PlainFile.OpenRead(path);
            Assert.Equal(1, read.ReadByte());
            writer.Join();
        }
    }

    private static void Open(string path)
    {
        switch (Path.GetExtension(path))
        {
            case ".onnx": Network.Load(path); break;
            case ".pth": WeightFile.Read(path); break;
            case ".txt": LabelFile.Read(path); break;
            case ".binaryproto": MeanImage.Read(path); break;
            case ".tar": Assert.Empty(ImageSources.In(path, false, error => throw error)); break;
            default: ImageCodec.Decode(path, DecodeOptions.Default); break;
        }
    }

    private string Pipe(string name)
    {
        Skip.If(OperatingSystem.IsWindows(), "There are no named pipes in folders on Windows.");
        using Process make = Process.Start("mkfifo", [_folder[name]]);
        make.WaitForExit();
        return _folder[name];
    }
}
