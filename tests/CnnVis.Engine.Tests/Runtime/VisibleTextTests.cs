namespace CnnVis.Engine.Tests.Runtime;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("cat", "cat")]
    [InlineData("\u001b[31mred\u0007", "␛[31mred␇")]
    [InlineData("a\r\nb\tc", "a␍␊b␉c")]
    [InlineData("\u007f\u009b2J", "␡␛[2J")]
    [InlineData("Bär 日本 🐟", "Bär 日本 🐟")]
    public void ControlCharactersAreShown(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void MessagesKeepTheirLinesAndShowTheRest()
    {
        var error = new CnnVisException(ErrorIds.PathNotFound, "There is no file '\u001b]0;evil\u0007'.\nSay which.");
        Assert.Equal("There is no file '␛]0;evil␇'.\nSay which.", error.Message);
    }
}
