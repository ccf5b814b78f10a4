using Microsoft.Extensions.Options;
using Showcase.Visitors;

namespace Showcase.Tests.Visitors;

public sealed class NameRegisterTests
{
    private const string Home = "192.0.2.1", Elsewhere = "192.0.2.2";
    private const string First = "0123456789abcdef01234567", Second = "fedcba9876543210fedcba98", Third = "fedcaaaaaaaaaaaaaaaaaaaa";

    private readonly NameRegister _names = new(Options.Create(new VisitorOptions { NamesPerAddress = 3, MaxNames = 5 }));

    [Fact]
    public void A_name_belongs_to_the_first_who_came_with_it()
    {
        Assert.Equal("Ada", _names.Take(First, "Ada", Home));
        Assert.Equal("Ada #fedc", _names.Take(Second, "Ada", Elsewhere));
        Assert.Equal("\u0410da #fedcaaaa", _names.Take(Third, "\u0410da", Elsewhere));
        Assert.Equal("Ada", _names.Take(First, "Ada", Elsewhere));
        Assert.Equal("Ada #fedc", _names.Take(Second, "Ada", Home));
    }

    [Theory]
    [InlineData("Showcase")]
    [InlineData("sh\u03BFwcase")]
    public void The_name_of_the_showcase_is_nobody_s(string name) => Assert.Equal($"{name} #0123", _names.Take(First, name, Home));

    [Fact]
    public void A_name_with_somebody_s_suffix_is_taken_too()
    {
        _names.Take(First, "Ada", Home);
        _names.Take(Second, "Ada", Home);
        Assert.Equal("Ada #fedc #0123", _names.Take(First, "Ada #fedc", Home));
    }

    [Fact]
    public void An_address_that_takes_too_many_names_gives_up_its_own_oldest()
    {
        _names.Take(First, "Ada", Home);
        for (var i = 0; i < 100; i++) _names.Take(Second, $"name {i}", Elsewhere);

        Assert.Equal(4, _names.Count);
        Assert.Equal("Ada #fedc", _names.Take(Second, "Ada", Elsewhere));
    }

    [Fact]
    public void The_number_of_names_is_bounded()
    {
        for (var i = 0; i < 100; i++) _names.Take(First, $"name {i}", $"192.0.2.{i}");
        Assert.Equal(5, _names.Count);
    }
}
