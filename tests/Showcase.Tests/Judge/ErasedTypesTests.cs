using Showcase.Judge.Runs;

namespace Showcase.Tests.Judge;

public sealed class ErasedTypesTests
{
    [Theory]
    [InlineData("let a: T = 1", "let a    = 1", true)]
    [InlineData("let a = 1", "let a = 1", true)]
    [InlineData("a\ntype B = C\n[1]", "a\n;         \n[1]", true)]
    [InlineData("(a): {\n b } => 1", "(a    \n   ) => 1", true)]
    [InlineData("let a: T = 1", "let a: U = 1", false)]
    [InlineData("let a: T = 1", "let a= 1", false)]
    [InlineData("let a: T = 1", "let a     = 1", false)]
    [InlineData("let a: T\n= 1", "let a     = 1", false)]
    [InlineData("let a: T\u2028= 1", "let a     = 1", false)]
    [InlineData("let a: T = 1", "let a  \n = 1", false)]
    public void A_script_is_its_program_with_spaces_in_place_of_types(string program, string script, bool isLeft) =>
        Assert.Equal(isLeft, ErasedTypes.Leave(script, program));
}
