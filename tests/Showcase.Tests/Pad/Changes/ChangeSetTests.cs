using System.Text.Json;
using CsCheck;
using Showcase.Pad;
using Showcase.Pad.Changes;

namespace Showcase.Tests.Pad.Changes;

/// <summary>Changes of a text: their algebra and their JSON.</summary>
public sealed class ChangeSetTests
{
    private static readonly Gen<(string Text, ChangeSet A, ChangeSet B)> Pairs =
        from text in ChangeGen.Text
        from a in ChangeGen.Of(text)
        from b in ChangeGen.Of(text)
        select (text, a, b);

    [Fact]
    public void Two_changes_of_one_text_lead_to_one_text_in_either_order() => Pairs.Sample(
        static pair =>
        {
            var one = pair.A.Compose(pair.B.Map(pair.A)).Apply(pair.Text);
            var other = pair.B.Compose(pair.A.Map(pair.B, isBefore: true)).Apply(pair.Text);
            return one == other;
        },
        print: Print);

    [Fact]
    public void A_composed_change_equals_its_parts_one_after_the_other() => (
        from text in ChangeGen.Text
        from a in ChangeGen.Of(text)
        from b in ChangeGen.Of(a.Apply(text))
        select (text, a, b)).Sample(static (text, a, b) => a.Compose(b).Apply(text) == b.Apply(a.Apply(text)));

    [Fact]
    public void Composition_is_associative() => (
        from text in ChangeGen.Text
        from a in ChangeGen.Of(text)
        from b in ChangeGen.Of(a.Apply(text))
        from c in ChangeGen.Of(b.Apply(a.Apply(text)))
        select (text, a, b, c)).Sample(static (text, a, b, c) => a.Compose(b).Compose(c).Apply(text) == a.Compose(b.Compose(c)).Apply(text));

    [Fact]
    public void A_mapped_change_divides_no_surrogate_pair() => Pairs.Sample(
        static pair => pair.A.Map(pair.B).KeepsPairs(pair.B.Apply(pair.Text)) && !pair.A.Map(pair.B).Apply(pair.B.Apply(pair.Text)).Contains('�'),
        print: Print);

    [Fact]
    public void A_change_survives_its_JSON() => ChangeGen.Text.SelectMany(ChangeGen.Of).Sample(static change =>
    {
        var json = JsonSerializer.Serialize([change], PadJson.Stored);
        return JsonSerializer.Deserialize(json, PadJson.Stored)![0].Sections.SequenceEqual(change.Sections);
    });

    [Theory]
    [InlineData("[5]", "hello", "hello")]
    [InlineData("[2,[1],2]", "hello", "helo")]
    [InlineData("""[1,[4,"i",""]]""", "hello", "hi\n")]
    [InlineData("""[[0,"a","b"],5]""", "hello", "a\nbhello")]
    [InlineData("[]", "", "")]
    public void The_JSON_is_that_of_CodeMirror(string json, string text, string changed) =>
        Assert.Equal(changed, ChangeSetJson.Parse(JsonElement.Parse(json)).Apply(text));

    [Theory]
    [InlineData("5")]
    [InlineData("[-1]")]
    [InlineData("[1.5]")]
    [InlineData("[[]]")]
    [InlineData("""[["a"]]""")]
    [InlineData("[[0,1]]")]
    [InlineData("""[[0,"a\nb"]]""")]
    [InlineData("""[[0,"a\r"]]""")]
    [InlineData("""[[0,"\ud83d"]]""")]
    [InlineData("""[[0,"\ude00\ud83d"]]""")]
    [InlineData("[2147483647,1]")]
    [InlineData("[1,1,1,1]")]
    public void What_is_no_change_is_refused(string json) =>
        Assert.Throws<FormatException>(() => ChangeSetJson.Parse(JsonElement.Parse(json), maxSections: 3));

    [Fact]
    public void A_change_between_the_halves_of_a_character_is_noticed()
    {
        Assert.False(ChangeSet.Replace(2, 1, 0, "x").KeepsPairs("😀"));
        Assert.True(ChangeSet.Replace(2, 0, 2, "x").KeepsPairs("😀"));
    }

    private static string Print((string Text, ChangeSet A, ChangeSet B) pair) =>
        $"'{pair.Text}' A: {ChangeGen.Show(pair.A)} B: {ChangeGen.Show(pair.B)}";
}
