BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-FoolingImage' {
    It 'makes the network certain, beginning with <_>' -ForEach 'Noise', 'Grey', 'Mean', 'a picture' {
        $images = New-FoolingImage espresso, goldfish -Start $(if ($_ -eq 'a picture') { $coffee } else { $_ })
        $images.Class | Should -Be 'espresso', 'goldfish'
        foreach ($image in $images) {
            $image | Should -BeOfType ([CnnVis.CnnFoolingImage])
            $image.IsReached | Should -Be $true
            $image.Confidence | Should -Not -BeLessThan 0.99
            $image.RoundedConfidence | Should -Not -BeLessThan 0.99
            $image.Layer | Should -Be 'fc8'
            $image.Channel | Should -Be $image.ClassIndex
            ($image.Values | Measure-Object -Minimum).Minimum | Should -Not -BeLessThan 0
            ($image.Values | Measure-Object -Maximum).Maximum | Should -Not -BeGreaterThan 1
            $image.Steps | Should -BeLessThan 999
        }
    }

    It 'climbs past ridges, where steps of one length would go back and forth for ever' {
        $images = New-FoolingImage 'monarch butterfly' -Start Grey -Count 4 -Steps 200
        $images.IsReached | Should -Be $true, $true, $true, $true
    }

    It 'stops when it is enough' {
        $little, $much = 0.5, 0.99 | ForEach-Object { New-FoolingImage goldfish -Confidence $_ }
        $little.Confidence | Should -Not -BeLessThan 0.5
        $little.Confidence | Should -BeLessThan 0.95
        $little.Steps | Should -BeLessThan $much.Steps
    }

    It 'takes any class where none is named' {
        $image = New-FoolingImage
        $image.IsReached | Should -Be $true
        $image.Class | Should -BeIn (Get-CnnModel alexnet64).Classes
    }

    It 'takes wildcards, each class once' {
        (New-FoolingImage *bus, 'school bus', trolley* -Steps 0).Class | Should -Be 'school bus', 'trolleybus'
    }

    It 'evolves: <Method>' -ForEach @(@{ Method = 'DirectEvolution' }, @{ Method = 'IndirectEvolution' }) {
        $before = New-FoolingImage goldfish, 'school bus' -Method $Method -Steps 0
        $after = New-FoolingImage goldfish, 'school bus' -Method $Method -Steps 12
        foreach ($i in 0, 1) {
            $after[$i].Confidence | Should -BeGreaterThan $before[$i].Confidence
            $after[$i].Evaluations | Should -BeGreaterThan 16
            $after[$i].Values.Length | Should -Be (3 * 64 * 64)
        }
        (New-FoolingImage goldfish, 'school bus' -Method $Method -Steps 12)[0].Values | Should -Be $after[0].Values
    }

    It 'counts seeds up, and gives the same picture for the same' {
        $images = New-FoolingImage goldfish -Count 2 -Seed 3 -Steps 3
        $images.Seed | Should -Be 3, 4
        (New-FoolingImage goldfish -Count 2 -Seed 3 -Steps 3)[1].Values | Should -Be $images[1].Values
        ($images[0].Values -join ' ') | Should -Not -Be ($images[1].Values -join ' ')
    }

    It 'tells what was not reached' {
        (New-FoolingImage goldfish -Steps 1).IsReached | Should -Be $false
    }

    It 'tells <Case>' -ForEach @(
        @{ Case = 'an unknown class'; Id = 'ClassNotFound'; Code = { New-FoolingImage goldfisch } }
        @{ Case = 'a pattern that fits none'; Id = 'ClassNotFound'; Code = { New-FoolingImage zz* } }
        @{ Case = 'a start for patterns'; Id = 'InvalidArgument'; Code = { New-FoolingImage goldfish -Method IndirectEvolution -Start Grey } }
        @{ Case = 'a start that is not there'; Id = 'PathNotFound'; Code = { New-FoolingImage goldfish -Start nowhere.png } }
        @{ Case = 'certainty beyond all'; Id = 'ParameterArgumentValidationError'; Code = { New-FoolingImage goldfish -Confidence 1 } }
    ) {
        $Code | Should -Throw -ErrorId "$Id*"
    }
}
