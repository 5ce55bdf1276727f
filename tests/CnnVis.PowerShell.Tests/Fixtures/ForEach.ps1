BeforeDiscovery { $cases = @{ Name = 'a'; Size = @{ Width = 3 } }, @{ Name = 'b'; Size = @{ Width = 4 } } }
Describe 'model <Name>' -ForEach $cases {
    BeforeAll { $fromData = "$Name in BeforeAll" }
    It 'is <Size.Width> wide' { $fromData, $_.Size.Width | Should -Be "$Name in BeforeAll", $Size.Width }
    It 'with <_>' -ForEach 'x', 'y' { "$Name$_" | Should -BeIn 'ax', 'ay', 'bx', 'by' }
    It 'by parameter <Key>' -TestCases @{ Key = 1 } { param($Key) "$Key$Name" | Should -BeIn '1a', '1b' }
    It 'keeps `<this`> and <unknown>' { $true | Should -BeTrue }
}
