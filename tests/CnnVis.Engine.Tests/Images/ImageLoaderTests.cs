using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Images;

public sealed class ImageLoaderTests : IDisposable
{
    private static readonly CnnInput _input = new(3, 8, 8, ResizeMode.Crop, 8);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PicturesComeInOrderWithTheirErrorsAmongThem()
    {
        string[] paths = [.. Enumerable.Range(0, 60).Select(i => i % 7 == 3
            ? _folder.Add($"{i}.png", "broken"u8)
            : _folder.Add($"{i}.png", Pictures.Png(Pictures.Noise(8 + 97 * (i % 5), 9, seed: i))))];
        using ImageLoader loader = Loader(capacity: 10);
        var taken = new List<LoadedImage>();
        foreach (string path in paths)
        {
            loader.Add(path);
            if (loader.IsFull) taken.AddRange(loader.Take(5));
        }
        taken.AddRange(loader.Take(loader.Pending));
        Assert.Equal(paths, taken.Select(i => i.Path));
        float[] expected = new float[_input.Length];
        for (int i = 0; i < paths.Length; i++)
        {
            if (i % 7 == 3)
            {
                Assert.Equal((ErrorIds.ImageUnreadable, paths[i]), (taken[i].Error?.ErrorId, taken[i].Error?.Target));
                Assert.True(taken[i].Pixels.IsEmpty);
                continue;
            }
            Assert.Null(taken[i].Error);
            Assert.Equal(Preprocessor.Load(paths[i], _input, DecodeOptions.Default, expected), taken[i].View);
            Assert.Equal((8 + 97 * (i % 5), 9), (taken[i].Width, taken[i].Height));
            Assert.Equal(expected, taken[i].Pixels.ToArray());
        }
        foreach (LoadedImage image in taken) image.Dispose();
    }

    [Fact]
    public void EveryFailureIsThePicturesOwn()
    {
        using var loader = new ImageLoader(_input with { Channels = 5 }, 4, 2, DecodeOptions.Default, CancellationToken.None);
        loader.Add(_folder.Add("fine.png", Pictures.Png(Pictures.Noise(8, 8))));
        loader.Add(_folder.Add("huge.png", Pictures.Huge));
        loader.Add(_folder["none.png"]);
        loader.Add("bad\0name");
        Assert.Equal([ErrorIds.InvalidArgument, ErrorIds.ImageTooLarge, ErrorIds.PathNotFound, ErrorIds.ImageUnreadable], loader.Take(4).Select(i => i.Error?.ErrorId));
    }

    [Fact]
    public void HoldsNoMoreThanItsCapacity()
    {
        string path = _folder.Add("a.png", Pictures.Png(Pictures.Noise(8, 8)));
        using ImageLoader loader = Loader(capacity: 2);
        loader.Add(path);
        Assert.False(loader.IsFull);
        loader.Add(path);
        Assert.True(loader.IsFull);
        Assert.Throws<InvalidOperationException>(() => loader.Add(path));
        Assert.Equal(2, loader.Pending);
        Assert.Throws<ArgumentOutOfRangeException>(() => loader.Take(3));
        foreach (LoadedImage image in loader.Take(1)) image.Dispose();
        Assert.Equal((1, false), (loader.Pending, loader.IsFull));
    }

    [Fact]
    public void DisposedPicturesAreEmpty()
    {
        using ImageLoader loader = Loader(capacity: 1);
        loader.Add(_folder.Add("a.png", Pictures.Png(Pictures.Noise(8, 8))));
        LoadedImage image = loader.Take(1)[0];
        Assert.Equal(_input.Length, image.Pixels.Length);
        image.Dispose();
        image.Dispose();
        Assert.True(image.Pixels.IsEmpty);
    }

    [Fact]
    public void NothingIsTakenOnceCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using ImageLoader loader = Loader(capacity: 2, cancellation.Token);
        loader.Add(_folder.Add("a.png", Pictures.Png(Pictures.Noise(8, 8))));
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => loader.Take(1));
        Assert.Equal(1, loader.Pending);
    }

    [Fact]
    public async Task CancellationEndsTheWait()
    {
        using var gate = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        using ImageLoader loader = Held(capacity: 2, gate, cancellation.Token);
        loader.Add(_folder.Add("a.png", Pictures.Png(Pictures.Noise(8, 8))));
        Task wait = Task.Run(() => loader.Take(1));
        Assert.NotSame(wait, await Task.WhenAny(wait, Task.Delay(50)));
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(TimeSpan.FromMinutes(1)));
        gate.Set();
    }

    [Fact]
    public async Task DisposeDoesNotWaitForWhatIsUnderWay()
    {
        using var gate = new ManualResetEventSlim();
        ImageLoader loader = Held(capacity: 50, gate);
        for (int i = 0; i < 50; i++) loader.Add(_folder.Add($"{i}.png", Pictures.Png(Pictures.Noise(8, 8))));
        await Task.Run(loader.Dispose).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, loader.Pending);
        Assert.Throws<ObjectDisposedException>(() => loader.Add("0.png"));
        Assert.Throws<ObjectDisposedException>(() => loader.Take(0));
        loader.Dispose();
        gate.Set();
    }

    private static ImageLoader Loader(int capacity, CancellationToken cancellation = default) =>
        new(_input, capacity, ImageLoader.DefaultThreads, DecodeOptions.Default, cancellation);

    /// <summary>One whose first picture waits for a gate.</summary>
    private static ImageLoader Held(int capacity, ManualResetEventSlim gate, CancellationToken cancellation = default) =>
        new(_input, capacity, threads: 1, DecodeOptions.Default, cancellation) { Before = _ => gate.Wait(TimeSpan.FromMinutes(2)) };
}
