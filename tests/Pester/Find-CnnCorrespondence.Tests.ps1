BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Find-CnnCorrespondence' {
    It 'matches a picture with itself' {
        $found = Find-CnnCorrespondence $coffee $coffee -Layer relu4
        $found.Grid.Rows, $found.Grid.Columns, $found.Matches.Count | Should -Be 7, 7, 49
        # relu4 of alexnet64: fields of 67, every 8 pixels, from -27.
        $found.Grid.FirstX, $found.Grid.StrideX | Should -Be 6.5, 8
        $found.Matches.ForEach({ [Math]::Abs($_.X - $_.TargetX) + [Math]::Abs($_.Y - $_.TargetY) }) | Sort-Object -Unique | Should -Be 0
        $found.MeanDistance | Should -Be 0
    }

    It 'gives fewer matches for stricter tests' {
        $all = Find-CnnCorrespondence $chelsea $coffee -Layer relu2 -IncludeOneSided
        $all.Matches.Count | Should -Be 225
        $mutual = Find-CnnCorrespondence $chelsea $coffee -Layer relu2
        $mutual.Matches.Count | Should -Be $all.Matches.Where({ $_.IsMutual }).Count
        $strict = Find-CnnCorrespondence $chelsea $coffee -Layer relu2 -MaximumRatio 0.9 -MaximumForwardBackwardError 3
        $strict.Matches.Count | Should -Be $mutual.Matches.Where({ $_.Ratio -le 0.9 -and $_.ForwardBackwardError -le 3 }).Count
    }

    It 'compares one with many, layer by layer' {
        $found = Find-CnnCorrespondence $chelsea $photos -Layer relu3, relu4
        $found.ForEach({ "$([IO.Path]::GetFileName($_.TargetPath)) $($_.Layer)" }) | Should -Be 'astronaut.png relu3', 'astronaut.png relu4', 'chelsea.png relu3', 'chelsea.png relu4', 'coffee.png relu3', 'coffee.png relu4', 'rocket.jpg relu3', 'rocket.jpg relu4'
        ($found | Sort-Object MeanDistance | Select-Object -First 1).TargetPath | Should -Be $chelsea
    }

    It 'takes pictures from the pipeline' {
        $found = Get-ChildItem $photos -File -Include *.png, *.jpg -Recurse | Find-CnnCorrespondence -TargetPath $coffee
        $found.Count | Should -Be 4
        $found[0].Layer | Should -Be 'relu2'
    }

    It 'aligns more smoothly, and at more cost for the features' {
        $alone = Find-CnnCorrespondence $chelsea $coffee -Layer relu2
        $aligned = Find-CnnCorrespondence $chelsea $coffee -Layer relu2 -Align
        $aligned.MeanDistance | Should -BeGreaterThan $alone.MeanDistance
        $alone.DeformationEnergy | Should -BeNullOrEmpty
        $stiff = Find-CnnCorrespondence $chelsea $coffee -Layer relu2 -Align -Beta 1
        $stiff.DeformationEnergy / 1 | Should -BeLessThan ($aligned.DeformationEnergy / 0.1)
        (Find-CnnCorrespondence $chelsea $coffee -Layer relu2 -Align -Smoothness TruncatedL1).DataEnergy | Should -BeGreaterThan 0
    }

    It 'is drawn' {
        $file = Find-CnnCorrespondence $chelsea $coffee | Export-CnnImage "$TestDrive/found.png" -PassThru
        (SizeOf $file.FullName)[0] | Should -BeGreaterThan 900
    }

    It 'reports pictures that cannot be read, and goes on' {
        $found = Find-CnnCorrespondence $chelsea, "$fixtures/README.md" "$fixtures/README.md", $coffee -ErrorVariable errors -ErrorAction SilentlyContinue
        @($found).Count | Should -Be 1
        $errors.Where({ $_.FullyQualifiedErrorId -like 'ImageUnreadable*' }).Count | Should -Be 2
    }

    It 'says what is wrong' {
        { Find-CnnCorrespondence $chelsea $coffee -Layer fc7 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { Find-CnnCorrespondence $chelsea $coffee -Beta 1 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { Find-CnnCorrespondence $chelsea "$TestDrive/none.png" -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'NoImages*'
    }
}
