using CnnVis.Engine.Runtime;

namespace CnnVis.Engine.Tests.Runtime;

public class RecentlyUsedTests
{
    [Fact]
    public void TheOneNotUsedForLongestGoes()
    {
        var kept = new RecentlyUsed<string, object>(2);
        object a = Get("a"), b = Get("b");
        Assert.Same(a, Get("a")); // b is now the older
        Get("c");
        Assert.Same(a, Get("a"));
        Assert.NotSame(b, Get("b"));

        object Get(string key) => kept.GetOrAdd(key, () => new object());
    }

    [Fact]
    public void WhatCannotBeMadeIsNotKept()
    {
        var kept = new RecentlyUsed<int, string>(1);
        Assert.Throws<InvalidOperationException>(() => kept.GetOrAdd(1, () => throw new InvalidOperationException()));
        Assert.Equal("made", kept.GetOrAdd(1, () => "made"));
        Assert.Equal("two", kept.GetOrAdd(2, () => "two"));
        Assert.Equal("again", kept.GetOrAdd(1, () => "again"));
    }
}
