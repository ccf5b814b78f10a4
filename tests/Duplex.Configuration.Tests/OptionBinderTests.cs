namespace Duplex.Configuration.Tests;

public sealed class OptionBinderTests
{
    private readonly OptionFaults _faults = new("Duplex:Sample");
    private readonly Sample _sample = new();

    [Fact]
    public void Every_kind_of_option_is_set()
    {
        Bind(
            ("Size", "20"), ("Bound", "3"), ("Timeout", "00:00:05"), ("Checked", "9"), ("Day", "friday"), ("Name", "n"), ("Note", "m"),
            ("Address", "https://example.org/"), ("Until", "2030-01-31T00:00:00Z"), ("ison", "true"), ("List:0", "a"), ("List:1", "b"), ("Other:0", "c"));
        Assert.Empty(_faults.Messages);
        Assert.Equal((20, 3, TimeSpan.FromSeconds(5), 9, DayOfWeek.Friday), (_sample.Size, _sample.Bound, _sample.Timeout, _sample.Checked, _sample.Day));
        Assert.Equal(("n", "m", true), (_sample.Name, _sample.Note, _sample.IsOn));
        Assert.Equal((new Uri("https://example.org/"), new DateTimeOffset(2030, 1, 31, 0, 0, 0, TimeSpan.Zero)), (_sample.Address, _sample.Until));
        Assert.Equal(["a", "b"], _sample.List);
        Assert.Equal(["c"], _sample.Other);
    }

    [Fact]
    public void Empty_value_sets_null_where_null_is_valid()
    {
        _sample.Bound = 3;
        Bind(("Bound", ""), ("Note", null), ("Name", ""));
        Assert.Empty(_faults.Messages);
        Assert.Equal((null, "", ""), (_sample.Bound, _sample.Note, _sample.Name));
    }

    [Theory]
    [InlineData("Size", "20x", "Duplex:Sample:Size is 20x; it must be a whole number, from 1 to 100 bytes.")]
    [InlineData("Size", "9999999999", "Duplex:Sample:Size is 9999999999; it must be a whole number, from 1 to 100 bytes.")]
    [InlineData("Size", "", "Duplex:Sample:Size is empty; it must be a whole number, from 1 to 100 bytes.")]
    [InlineData("Timeout", "5", "Duplex:Sample:Timeout is 5; it must be a time such as 00:00:25, from 00:00:00.001 to 30.00:00:00.")]
    [InlineData("Day", "9", "Duplex:Sample:Day is 9; it must be one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday.")]
    [InlineData("IsOn", "yes", "Duplex:Sample:IsOn is yes; it must be true or false.")]
    [InlineData("Address", "here", "Duplex:Sample:Address is here; it must be an absolute address.")]
    [InlineData("Until", "soon", "Duplex:Sample:Until is soon; it must be a date and time such as 2030-01-31T00:00:00Z.")]
    [InlineData("List", "a", "Duplex:Sample:List is a; it must be a list.")]
    [InlineData("Checked", "10", "Duplex:Sample:Checked is 10; it must be from 0 to 9.")]
    [InlineData("Sise", "1", "Duplex:Sample:Sise: there is no such option.")]
    [InlineData("Code", "1", "Duplex:Sample:Code: there is no such option.")]
    public void Value_that_is_no_value_of_its_option_is_a_fault(string key, string value, string message)
    {
        Bind((key, value));
        Assert.Equal(message, Assert.Single(_faults.Messages));
    }

    [Fact]
    public void Keys_of_the_caller_are_left_to_it()
    {
        Binder(("Nested:Size", "7"), ("Size", "8")).Bind(_sample, "", "nested");
        Assert.Empty(_faults.Messages);
        Binder(("Nested:Size", "7"), ("Size", "8")).Bind(_sample, "Nested");
        Assert.Equal(7, _sample.Size);
    }

    private void Bind(params (string Key, string? Value)[] values) => Binder(values).Bind(_sample);

    private OptionBinder Binder(params (string Key, string? Value)[] values) => new(
        path => values.FirstOrDefault(pair => pair.Key == path).Value,
        path => values
            .Select(static pair => pair.Key)
            .Where(key => path.Length == 0 || key.StartsWith(path + ":", StringComparison.Ordinal))
            .Select(key => key[(path.Length == 0 ? 0 : path.Length + 1)..].Split(':')[0])
            .Distinct(),
        _faults);
}
