BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-CnnNeighborImage' {
    It 'gives a picture for each layer and number of neighbours' {
        $made = New-CnnNeighborImage $coffee $photos relu2, relu4 -K 1, 3
        $made.ForEach({ "$($_.Layer) $($_.K)" }) | Should -Be 'relu2 1', 'relu2 3', 'relu4 1', 'relu4 3'
        $made[0].ReferenceCount | Should -Be 3
        # relu4: the first centre is at 6.5, pieces of 8 begin at 2 and end at 58.
        $made[2].Original.Width | Should -Be 56
        $made[2].MeanDistance | Should -BeLessThan $made[3].MeanDistance
    }

    It 'finds the picture itself where it lies elsewhere' {
        Copy-Item $coffee "$TestDrive/copy.png"
        $made = New-CnnNeighborImage $coffee "$TestDrive/copy.png", $photos -Layer relu4 -K 1
        $made.Nearest.Psnr | Should -Be ([double]::PositiveInfinity)
        $made.SamePlace.Psnr | Should -BeLessThan 30
    }

    It 'is drawn, alone and side by side' {
        (New-CnnNeighborImage $coffee $photos -K 2 | Export-CnnImage "$TestDrive/one.png" -PassThru).Length | Should -BeGreaterThan 1000
        $sheet = New-CnnNeighborImage $coffee, $rocket $photos relu2, relu4 -K 1, 2 -Sheet
        $sheet.Items.Count | Should -Be 8
        ($sheet | Export-CnnImage "$TestDrive/sheet.png" -PassThru).Length | Should -BeGreaterThan 1000
    }

    It 'says what is wrong' {
        { New-CnnNeighborImage $coffee $photos -K 4 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { New-CnnNeighborImage $coffee "$TestDrive/none" -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'NoImages*'
        $made = New-CnnNeighborImage $coffee $photos, "$fixtures/README.md" -K 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        @($made).Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ImageUnreadable*'
    }
}
