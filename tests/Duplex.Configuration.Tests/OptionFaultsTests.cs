namespace Duplex.Configuration.Tests;

public sealed class OptionFaultsTests
{
    private readonly OptionFaults _faults = new("Duplex:Sample");

    [Fact]
    public void Values_within_their_ranges_are_no_faults()
    {
        _faults.CheckRanges(new Sample());
        _faults.CheckRanges(new Sample { Size = 1, Bound = 2, Timeout = TimeSpan.FromMilliseconds(1) });
        _faults.CheckRanges(new Sample { Size = 100, Bound = 5, Timeout = TimeSpan.FromDays(30) });
        Assert.Empty(_faults.Messages);
        _faults.ThrowIfAny();
    }

    [Fact]
    public void Message_holds_path_value_and_range()
    {
        _faults.CheckRanges(new Sample { Size = 0, Bound = 6, Timeout = TimeSpan.FromDays(31), Day = (DayOfWeek)7 });
        Assert.Equal(
            [
                "Duplex:Sample:Size is 0; it must be from 1 to 100 bytes.",
                "Duplex:Sample:Bound is 6; it must be from 2 to 5, or null for no bound.",
                "Duplex:Sample:Timeout is 31.00:00:00; it must be from 00:00:00.001 to 30.00:00:00.",
                "Duplex:Sample:Day is 7; it must be one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday.",
            ],
            _faults.Messages);
    }

    [Fact]
    public void Nested_options_are_named_by_their_path()
    {
        _faults.CheckRanges(new Sample { Size = 101 }, "Namespaces:chat");
        Assert.Equal("Duplex:Sample:Namespaces:chat:Size is 101; it must be from 1 to 100 bytes.", Assert.Single(_faults.Messages));
    }

    [Fact]
    public void One_exception_holds_every_fault()
    {
        _faults.Add("A", null, "set");
        _faults.Add("B", "two words.");
        Assert.Equal(
            $"Duplex:Sample:A is null; it must be set.{Environment.NewLine}Duplex:Sample:B: two words.",
            Assert.Throws<ArgumentException>(_faults.ThrowIfAny).Message);
    }

    [Fact]
    public void Range_is_found_by_the_name_of_its_option()
    {
        Assert.Equal((1L, 100L), (OptionRange.OfNumber<Sample>(nameof(Sample.Size)).Min, OptionRange.OfNumber<Sample>(nameof(Sample.Size)).Max));
        Assert.Equal("From 1 ms to 30 days.", OptionRange.OfTime<Sample>(nameof(Sample.Timeout)).Document());
        Assert.Throws<ArgumentException>(() => OptionRange.OfTime<Sample>(nameof(Sample.Size)));
    }
}
