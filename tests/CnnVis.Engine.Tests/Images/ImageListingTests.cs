using CnnVis.Engine.Images;

namespace CnnVis.Engine.Tests.Images;

public sealed class ImageListingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GivesWhatIsThereWithErrorsInTheirPlaces(bool isAhead)
    {
        byte[] png = Pictures.Png(Pictures.Noise(5, 5));
        foreach (string name in new[] { "b/2.png", "b/10.png", "b/é\u0301.png", "a.png", "b/c/日本.png" }) _folder.Add(name, png);
        _folder.Add("t.tar", Tars.Of(("x/1.png", png), ("x/2.png", png), ("y/1.png", png)));
        _folder.Add("compressed.tar.gz", [1]);
        string[] paths = [_folder.Path, _folder["compressed.tar.gz"], _folder["t.tar"], _folder["a.png"], $"{_folder["t.tar"]}/y"];
        var expected = new List<object>();
        foreach (string path in paths) expected.AddRange(ImageSources.In(path, recurse: true, e => expected.Add(e.Message)));
        var found = new List<object>();
        using var listing = new ImageListing(failed => paths.SelectMany(p => ImageSources.In(p, recurse: true, failed)), isAhead, default);
        foreach (ImageSource source in listing.Read(e => found.Add(e.Message))) found.Add(source);
        Assert.Equal(11, expected.Count);
        Assert.Equal(expected, found);
        Assert.Equal(10, listing.Total);
    }

    /// <summary>Places in files, pages and names that are no text come back as they were, over many blocks.</summary>
    [Fact]
    public void PackingLosesNothing()
    {
        ImageSource[] sources = [.. Enumerable.Range(0, 5000).SelectMany(i => new[]
        {
            new ImageSource($"/data/{i % 7}/{i:d6}{(i % 100 == 0 ? "\ud800" : "")}.png"),
            ImageSource.Of($"/data/t.tar/{i}.png", "/data/t.tar", (long)i << 31, i == 0 ? 0 : (long)i << 20, null),
            ImageSource.Of($"/data/t.tar/{i}.tif#2", "/data/t.tar", i, 3, 2),
            ImageSource.Of($"/data/s{i}.tif#{i + 1}", $"/data/s{i}.tif", 0, null, i + 1),
        })];
        using var listing = new ImageListing(_ => sources, isAhead: true, default);
        Assert.Equal(sources, listing.Read(error => throw error));
    }

    /// <summary>Whoever reads has the first pictures while the folder behind them hangs, and learns how many there are as soon as that is known: from the one pass.</summary>
    [Fact]
    public void ReadsAheadOfWhoeverWorksAndCountsByTheWay()
    {
        using var far = new ManualResetEventSlim();
        int passes = 0;
        using var listing = new ImageListing(Slow, isAhead: true, default);
        using IEnumerator<ImageSource> read = listing.Read(error => throw error).GetEnumerator();
        Assert.True(read.MoveNext());
        Assert.Equal("near", read.Current.Path);
        Assert.Null(listing.Total);
        far.Set();
        Assert.True(SpinWait.SpinUntil(() => listing.Total is not null, TimeSpan.FromMinutes(1)));
        Assert.Equal((1001, 1), (listing.Total, passes)); // before the second was asked for
        int rest = 0;
        while (read.MoveNext()) Assert.Equal($"far/{rest++}", read.Current.Path);
        Assert.Equal(1000, rest);

        IEnumerable<ImageSource> Slow(Action<CnnVisException> failed)
        {
            passes++;
            yield return new ImageSource("near");
            far.Wait();
            for (int i = 0; i < 1000; i++) yield return new ImageSource($"far/{i}");
        }
    }

    [Fact]
    public async Task EndsWhereItHangs()
    {
        using var never = new ManualResetEventSlim();
        using var stop = new CancellationTokenSource();
        using var listing = new ImageListing(Hanging, isAhead: true, stop.Token);
        Task<int> read = Task.Run(() => listing.Read(error => throw error).Count());
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => read);
        never.Set();

        IEnumerable<ImageSource> Hanging(Action<CnnVisException> failed)
        {
            never.Wait();
            yield break;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatGoesWrongMeetsWhoeverReadsBehindThePicturesBefore(bool isAhead)
    {
        using var listing = new ImageListing(Broken, isAhead, default);
        var read = new List<string>();
        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (ImageSource source in listing.Read(error => throw error)) read.Add(source.Path);
        });
        Assert.Equal(["first"], read);
        Assert.Null(listing.Total);

        static IEnumerable<ImageSource> Broken(Action<CnnVisException> failed)
        {
            yield return new ImageSource("first");
            throw new InvalidOperationException();
        }
    }
}
